class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[4]"):
        # No stacktrace found for following nodes
        executorch_call_delegate = torch.ops.higher_order.executorch_call_delegate(x, x);  x = None
        getitem: "f32[4]" = executorch_call_delegate[0];  executorch_call_delegate = None
        return (getitem,)
