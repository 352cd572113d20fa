# A carry that comes to have the batch has it from the beginning.
# run: infer transform=vmap(size=4,in_dims=(None,1))
class M(torch.nn.Module):
    def forward(self, h: "f32[3]", xs: "f32[5, 3]"):
        scan_combine_graph_0 = self.scan_combine_graph_0
        scan = torch.ops.higher_order.scan(scan_combine_graph_0, [h], [xs], ())
        getitem: "f32[3]" = scan[0]
        getitem_1: "f32[5]" = scan[1]
        return (getitem, getitem_1)

    class scan_combine_graph_0(torch.nn.Module):
        def forward(self, arg0_1: "f32[3]", arg1_1: "f32[3]"):
            mul: "f32[3]" = torch.ops.aten.mul.Tensor(arg0_1, arg1_1)
            sum_1: "f32[]" = torch.ops.aten.sum.default(mul)
            return (mul, sum_1)
# expect input:
class M(torch.nn.Module):
    def forward(self, h: "f32[3]", xs: "f32[5, 4, 3]"):
        permute: "f32[4, 5, 3]" = torch.ops.aten.permute.default(xs, [1, 0, 2]);  xs = None
        scan_combine_graph_0_batched_1 = self.scan_combine_graph_0_batched_1
        expand: "f32[4, 3]" = torch.ops.aten.expand.default(h, [4, 3]);  h = None
        transpose: "f32[5, 4, 3]" = torch.ops.aten.transpose.int(permute, 0, 1);  permute = None
        scan = torch.ops.higher_order.scan(scan_combine_graph_0_batched_1, [expand], [transpose], ());  scan_combine_graph_0_batched_1 = expand = transpose = None
        getitem: "f32[4, 3]" = scan[0]
        getitem_1: "f32[5, 4]" = scan[1];  scan = None
        transpose_1: "f32[4, 5]" = torch.ops.aten.transpose.int(getitem_1, 0, 1);  getitem_1 = None
        return (getitem, transpose_1)
    class scan_combine_graph_0_batched_1(torch.nn.Module):
        def forward(self, arg0_1: "f32[4, 3]", arg1_1: "f32[4, 3]"):
            mul: "f32[4, 3]" = torch.ops.aten.mul.Tensor(arg0_1, arg1_1);  arg0_1 = arg1_1 = None
            sum_1: "f32[4]" = torch.ops.aten.sum.dim_IntList(mul, [1])
            return (mul, sum_1)
