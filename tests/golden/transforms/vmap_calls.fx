# Bodies that are called are made for a batch once; the call keeps its options.
# run: infer transform=vmap(size=4,in_dims=(0,None))
class M(torch.nn.Module):
    def forward(self, x: "f32[3]", y: "f32[3]"):
        body_0 = self.body_0
        invoke_subgraph = torch.ops.higher_order.invoke_subgraph(body_0, 'body_0', x, y)
        getitem: "f32[3]" = invoke_subgraph[0]
        body_1 = self.body_0
        invoke_subgraph_1 = torch.ops.higher_order.invoke_subgraph(body_1, 'body_0', getitem, y)
        getitem_1: "f32[3]" = invoke_subgraph_1[0]
        body_2 = self.body_0
        hints_wrapper = torch.ops.higher_order.hints_wrapper(body_2, (getitem_1, y), {}, hints = {'test': 5})
        getitem_2: "f32[3]" = hints_wrapper[0]
        return (getitem_2,)

    class body_0(torch.nn.Module):
        def forward(self, arg0_1: "f32[3]", arg1_1: "f32[3]"):
            mul: "f32[3]" = torch.ops.aten.mul.Tensor(arg0_1, arg1_1)
            return (mul,)

# expect input:
class M(torch.nn.Module):
    def forward(self, x: "f32[4, 3]", y: "f32[3]"):
        body_0_batched = self.body_0_batched
        invoke_subgraph = torch.ops.higher_order.invoke_subgraph(body_0_batched, 'body_0_batched', x, y);  body_0_batched = x = None
        getitem: "f32[4, 3]" = invoke_subgraph[0];  invoke_subgraph = None
        body_0_batched_1 = self.body_0_batched
        invoke_subgraph_1 = torch.ops.higher_order.invoke_subgraph(body_0_batched_1, 'body_0_batched', getitem, y);  body_0_batched_1 = getitem = None
        getitem_1: "f32[4, 3]" = invoke_subgraph_1[0];  invoke_subgraph_1 = None
        body_0_batched_2 = self.body_0_batched
        hints_wrapper = torch.ops.higher_order.hints_wrapper(body_0_batched_2, (getitem_1, y), {}, hints = {'test': 5});  body_0_batched_2 = getitem_1 = y = None
        getitem_2: "f32[4, 3]" = hints_wrapper[0];  hints_wrapper = None
        return (getitem_2,)
    class body_0_batched(torch.nn.Module):
        def forward(self, arg0_1: "f32[4, 3]", arg1_1: "f32[3]"):
            mul: "f32[4, 3]" = torch.ops.aten.mul.Tensor(arg0_1, arg1_1);  arg0_1 = arg1_1 = None
            return (mul,)
