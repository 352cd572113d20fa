# A loop goes on as long as any example does; those that are done stay.
# run: infer transform=vmap(size=4)
class M(torch.nn.Module):
    def forward(self, x: "f32[3]"):
        while_loop_cond_graph_0 = self.while_loop_cond_graph_0
        while_loop_body_graph_0 = self.while_loop_body_graph_0
        while_loop = torch.ops.higher_order.while_loop(while_loop_cond_graph_0, while_loop_body_graph_0, (x,), ())
        getitem: "f32[3]" = while_loop[0]
        return (getitem,)

    class while_loop_cond_graph_0(torch.nn.Module):
        def forward(self, arg0_1: "f32[3]"):
            sum_1: "f32[]" = torch.ops.aten.sum.default(arg0_1)
            lt: "b8[]" = torch.ops.aten.lt.Scalar(sum_1, 10)
            return lt

    class while_loop_body_graph_0(torch.nn.Module):
        def forward(self, arg0_1: "f32[3]"):
            mul: "f32[3]" = torch.ops.aten.mul.Tensor(arg0_1, 2)
            return (mul,)
# expect input:
class M(torch.nn.Module):
    def forward(self, x: "f32[4, 3]"):
        while_loop_cond_graph_1 = self.while_loop_cond_graph_1
        while_loop_body_graph_1 = self.while_loop_body_graph_1
        while_loop = torch.ops.higher_order.while_loop(while_loop_cond_graph_1, while_loop_body_graph_1, (x,), ());  while_loop_cond_graph_1 = while_loop_body_graph_1 = x = None
        getitem: "f32[4, 3]" = while_loop[0];  while_loop = None
        return (getitem,)
    class while_loop_cond_graph_1(torch.nn.Module):
        def forward(self, arg0_1: "f32[4, 3]"):
            sum_1: "f32[4]" = torch.ops.aten.sum.dim_IntList(arg0_1, [1]);  arg0_1 = None
            lt: "b8[4]" = torch.ops.aten.lt.Scalar(sum_1, 10);  sum_1 = None
            any_1: "b8[]" = torch.ops.aten.any.default(lt);  lt = None
            return (any_1,)
    class while_loop_body_graph_1(torch.nn.Module):
        def forward(self, arg0_1: "f32[4, 3]"):
            sum_1: "f32[4]" = torch.ops.aten.sum.dim_IntList(arg0_1, [1])
            lt: "b8[4]" = torch.ops.aten.lt.Scalar(sum_1, 10);  sum_1 = None
            mul: "f32[4, 3]" = torch.ops.aten.mul.Tensor(arg0_1, 2)
            view: "b8[4, 1]" = torch.ops.aten.view.default(lt, [4, 1]);  lt = None
            where: "f32[4, 3]" = torch.ops.aten.where.self(view, mul, arg0_1);  view = mul = arg0_1 = None
            return (where,)
