class GraphModule(torch.nn.Module):
    def forward(self, L_x_: "f32[3, 4]"):
        l_x_ = L_x_

        # File: gen.py:203 in forward, code: return torch._higher_order_ops.switch(torch.tensor(1),[lambda x:x.sin(),lambda x:x.cos(),lambda x:x*2],(x,)).sum() if hasattr(torch._higher_order_ops,"switch") else x.sum()
        tensor: "i64[]" = torch.tensor(1)
        index: "i64[]" = tensor.clamp(0, 2);  tensor = None
        switch_branch0_0 = self.switch_branch0_0
        switch_branch1_0 = self.switch_branch1_0
        switch_branch2_0 = self.switch_branch2_0
        switch = torch.ops.higher_order.switch(index, [switch_branch0_0, switch_branch1_0, switch_branch2_0], (l_x_,));  index = switch_branch0_0 = switch_branch1_0 = switch_branch2_0 = l_x_ = None
        getitem: "f32[3, 4]" = switch[0];  switch = None
        sum_1: "f32[]" = getitem.sum();  getitem = None
        return (sum_1,)

    class switch_branch0_0(torch.nn.Module):
        def forward(self, l_x_: "f32[3, 4]"):
            l_x__1 = l_x_

            # File: gen.py:203 in <lambda>, code: return torch._higher_order_ops.switch(torch.tensor(1),[lambda x:x.sin(),lambda x:x.cos(),lambda x:x*2],(x,)).sum() if hasattr(torch._higher_order_ops,"switch") else x.sum()
            sin: "f32[3, 4]" = l_x__1.sin();  l_x__1 = None
            return (sin,)

    class switch_branch1_0(torch.nn.Module):
        def forward(self, l_x_: "f32[3, 4]"):
            l_x__1 = l_x_

            # File: gen.py:203 in <lambda>, code: return torch._higher_order_ops.switch(torch.tensor(1),[lambda x:x.sin(),lambda x:x.cos(),lambda x:x*2],(x,)).sum() if hasattr(torch._higher_order_ops,"switch") else x.sum()
            cos: "f32[3, 4]" = l_x__1.cos();  l_x__1 = None
            return (cos,)

    class switch_branch2_0(torch.nn.Module):
        def forward(self, l_x_: "f32[3, 4]"):
            l_x__1 = l_x_

            # File: gen.py:203 in <lambda>, code: return torch._higher_order_ops.switch(torch.tensor(1),[lambda x:x.sin(),lambda x:x.cos(),lambda x:x*2],(x,)).sum() if hasattr(torch._higher_order_ops,"switch") else x.sum()
            mul: "f32[3, 4]" = l_x__1 * 2;  l_x__1 = None
            return (mul,)
