ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, a_0: "f32[2*s44, 4]"):
            sym_size_int: "Sym(2*s44)" = torch.ops.aten.sym_size.int(a_0, 0)
            floordiv: "Sym(s44)" = sym_size_int // 2;  sym_size_int = None
            split = torch.ops.aten.split.Tensor(a_0, floordiv);  a_0 = floordiv = None
            getitem: "f32[s44, 4]" = split[0]
            getitem_1: "f32[s44, 4]" = split[1];  split = None
    
            sum_1: "f32[]" = torch.ops.aten.sum.default(getitem);  getitem = None
    
            add: "f32[]" = torch.ops.aten.add.Tensor(sum_1, 0);  sum_1 = None
    
            sum_2: "f32[]" = torch.ops.aten.sum.default(getitem_1);  getitem_1 = None
    
            add_1: "f32[]" = torch.ops.aten.add.Tensor(add, sum_2);  add = sum_2 = None
            return (add_1,)
    
Graph signature:
    # inputs
    a_0: USER_INPUT
    
    # outputs
    add_1: USER_OUTPUT
    
Range constraints: {2*s44: VR[4, 128], s44: VR[2, 64]}
