class GraphModule(torch.nn.Module):
    def forward(self, x: "f32[4]", y: "f32[4]"):
        # No stacktrace found for following nodes
        const_graph_0 = self.const_graph_0
        run_const_graph = torch.ops.higher_order.run_const_graph(const_graph_0, (x,));  const_graph_0 = None
        getitem: "f32[4]" = run_const_graph[0];  run_const_graph = None
        lowered_module_0 = self.lowered_module_0
        executorch_call_delegate = torch.ops.higher_order.executorch_call_delegate(lowered_module_0, getitem, y);  lowered_module_0 = getitem = None
        getitem_1: "f32[4]" = executorch_call_delegate[0];  executorch_call_delegate = None
        hook_0 = self.hook_0
        register_hook: "f32[4]" = torch.ops.higher_order.register_hook(getitem_1, hook_0, x);  getitem_1 = hook_0 = None
        inline_asm_elementwise: "f32[4]" = torch.ops.higher_order.inline_asm_elementwise(register_hook, asm_str = 'add.f32 $0, $1, 1;', constraints = '=f,f', dtype = torch.float32, is_pure = True, pack = 1);  register_hook = None
        _export_tracepoint = torch.ops.higher_order._export_tracepoint(x, y, kind = 'module_call_inputs', path = 'l');  x = _export_tracepoint = None
        inductor_compiled_code = torch.ops.higher_order.inductor_compiled_code(0, [inline_asm_elementwise, y], name = 'kernel');  inline_asm_elementwise = y = None
        getitem_2: "f32[4]" = inductor_compiled_code[0];  inductor_compiled_code = None
        return (getitem_2,)

    class const_graph_0(torch.nn.Module):
        def forward(self, a: "f32[4]"):
            # No stacktrace found for following nodes
            sin: "f32[4]" = torch.ops.aten.sin.default(a);  a = None
            return (sin,)
