# Views of one storage that differ in dtype.
# run: infer views=a:x:0,b:x:0
class GraphModule(torch.nn.Module):
    def forward(self, a: "f32[2]", b: "i32[2]"):
        add_: "f32[2]" = torch.ops.aten.add_.Tensor(a, b)
        return (add_,)
# expect error:
aot_autograd() does not yet handle input mutations on views with different dtypes.
