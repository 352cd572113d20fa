ExportedProgram:
    class GraphModule(torch.nn.Module):
        def forward(self, p_net_token_weight: "f32[256, 128]", p_net_position_weight: "f32[128, 128]", p_net_blocks_0_norm1_weight: "f32[128]", p_net_blocks_0_norm1_bias: "f32[128]", p_net_blocks_0_norm2_weight: "f32[128]", p_net_blocks_0_norm2_bias: "f32[128]", p_net_blocks_0_qkv_weight: "f32[384, 128]", p_net_blocks_0_qkv_bias: "f32[384]", p_net_blocks_0_proj_weight: "f32[128, 128]", p_net_blocks_0_proj_bias: "f32[128]", p_net_blocks_0_up_weight: "f32[512, 128]", p_net_blocks_0_up_bias: "f32[512]", p_net_blocks_0_down_weight: "f32[128, 512]", p_net_blocks_0_down_bias: "f32[128]", p_net_blocks_1_norm1_weight: "f32[128]", p_net_blocks_1_norm1_bias: "f32[128]", p_net_blocks_1_norm2_weight: "f32[128]", p_net_blocks_1_norm2_bias: "f32[128]", p_net_blocks_1_qkv_weight: "f32[384, 128]", p_net_blocks_1_qkv_bias: "f32[384]", p_net_blocks_1_proj_weight: "f32[128, 128]", p_net_blocks_1_proj_bias: "f32[128]", p_net_blocks_1_up_weight: "f32[512, 128]", p_net_blocks_1_up_bias: "f32[512]", p_net_blocks_1_down_weight: "f32[128, 512]", p_net_blocks_1_down_bias: "f32[128]", p_net_blocks_2_norm1_weight: "f32[128]", p_net_blocks_2_norm1_bias: "f32[128]", p_net_blocks_2_norm2_weight: "f32[128]", p_net_blocks_2_norm2_bias: "f32[128]", p_net_blocks_2_qkv_weight: "f32[384, 128]", p_net_blocks_2_qkv_bias: "f32[384]", p_net_blocks_2_proj_weight: "f32[128, 128]", p_net_blocks_2_proj_bias: "f32[128]", p_net_blocks_2_up_weight: "f32[512, 128]", p_net_blocks_2_up_bias: "f32[512]", p_net_blocks_2_down_weight: "f32[128, 512]", p_net_blocks_2_down_bias: "f32[128]", p_net_blocks_3_norm1_weight: "f32[128]", p_net_blocks_3_norm1_bias: "f32[128]", p_net_blocks_3_norm2_weight: "f32[128]", p_net_blocks_3_norm2_bias: "f32[128]", p_net_blocks_3_qkv_weight: "f32[384, 128]", p_net_blocks_3_qkv_bias: "f32[384]", p_net_blocks_3_proj_weight: "f32[128, 128]", p_net_blocks_3_proj_bias: "f32[128]", p_net_blocks_3_up_weight: "f32[512, 128]", p_net_blocks_3_up_bias: "f32[512]", p_net_blocks_3_down_weight: "f32[128, 512]", p_net_blocks_3_down_bias: "f32[128]", p_net_blocks_4_norm1_weight: "f32[128]", p_net_blocks_4_norm1_bias: "f32[128]", p_net_blocks_4_norm2_weight: "f32[128]", p_net_blocks_4_norm2_bias: "f32[128]", p_net_blocks_4_qkv_weight: "f32[384, 128]", p_net_blocks_4_qkv_bias: "f32[384]", p_net_blocks_4_proj_weight: "f32[128, 128]", p_net_blocks_4_proj_bias: "f32[128]", p_net_blocks_4_up_weight: "f32[512, 128]", p_net_blocks_4_up_bias: "f32[512]", p_net_blocks_4_down_weight: "f32[128, 512]", p_net_blocks_4_down_bias: "f32[128]", p_net_norm_weight: "f32[128]", p_net_norm_bias: "f32[128]", p_net_head_weight: "f32[256, 128]", x: "i64[16, 128]", y: "i64[16, 128]"):
            # File: site-packages/torch/nn/modules/sparse.py:189 in forward, code: return F.embedding(
            embedding: "f32[16, 128, 128]" = torch.ops.aten.embedding.default(p_net_token_weight, x);  p_net_token_weight = x = None
    
            # File: export.py:62 in forward, code: x = self.token(ids) + self.position(torch.arange(ids.shape[1]))
            arange: "i64[128]" = torch.ops.aten.arange.default(128, device = device(type='cpu'), pin_memory = False)
    
            # File: site-packages/torch/nn/modules/sparse.py:189 in forward, code: return F.embedding(
            embedding_1: "f32[128, 128]" = torch.ops.aten.embedding.default(p_net_position_weight, arange);  p_net_position_weight = arange = None
    
            # File: export.py:62 in forward, code: x = self.token(ids) + self.position(torch.arange(ids.shape[1]))
            add: "f32[16, 128, 128]" = torch.ops.aten.add.Tensor(embedding, embedding_1);  embedding = embedding_1 = None
    
            # File: site-packages/torch/nn/modules/normalization.py:228 in forward, code: return F.layer_norm(
            layer_norm: "f32[16, 128, 128]" = torch.ops.aten.layer_norm.default(add, [128], p_net_blocks_0_norm1_weight, p_net_blocks_0_norm1_bias, 1e-05, False);  p_net_blocks_0_norm1_weight = p_net_blocks_0_norm1_bias = None
    
            # File: site-packages/torch/nn/modules/linear.py:134 in forward, code: return F.linear(input, self.weight, self.bias)
            linear: "f32[16, 128, 384]" = torch.ops.aten.linear.default(layer_norm, p_net_blocks_0_qkv_weight, p_net_blocks_0_qkv_bias);  layer_norm = p_net_blocks_0_qkv_weight = p_net_blocks_0_qkv_bias = None
    
            # File: export.py:45 in forward, code: q, k, v = self.qkv(self.norm1(x)).view(b, t, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4).unbind(0)
            view: "f32[16, 128, 3, 4, 32]" = torch.ops.aten.view.default(linear, [16, 128, 3, 4, 32]);  linear = None
            permute: "f32[3, 16, 4, 128, 32]" = torch.ops.aten.permute.default(view, [2, 0, 3, 1, 4]);  view = None
            unbind = torch.ops.aten.unbind.int(permute);  permute = None
            getitem: "f32[16, 4, 128, 32]" = unbind[0]
            getitem_1: "f32[16, 4, 128, 32]" = unbind[1]
            getitem_2: "f32[16, 4, 128, 32]" = unbind[2];  unbind = None
    
            # File: export.py:46 in forward, code: a = F.scaled_dot_product_attention(q, k, v, is_causal=True)
            scaled_dot_product_attention: "f32[16, 4, 128, 32]" = torch.ops.aten.scaled_dot_product_attention.default(getitem, getitem_1, getitem_2, None, 0.0, True);  getitem = getitem_1 = getitem_2 = None
    
            # File: export.py:47 in forward, code: x = x + self.proj(a.transpose(1, 2).reshape(b, t, WIDTH))
            transpose: "f32[16, 128, 4, 32]" = torch.ops.aten.transpose.int(scaled_dot_product_attention, 1, 2);  scaled_dot_product_attention = None
            reshape: "f32[16, 128, 128]" = torch.ops.aten.reshape.default(transpose, [16, 128, 128]);  transpose = None
    
            # File: site-packages/torch/nn/modules/linear.py:134 in forward, code: return F.linear(input, self.weight, self.bias)
            linear_1: "f32[16, 128, 128]" = torch.ops.aten.linear.default(reshape, p_net_blocks_0_proj_weight, p_net_blocks_0_proj_bias);  reshape = p_net_blocks_0_proj_weight = p_net_blocks_0_proj_bias = None
    
            # File: export.py:47 in forward, code: x = x + self.proj(a.transpose(1, 2).reshape(b, t, WIDTH))
            add_1: "f32[16, 128, 128]" = torch.ops.aten.add.Tensor(add, linear_1);  add = linear_1 = None
    
            # File: site-packages/torch/nn/modules/normalization.py:228 in forward, code: return F.layer_norm(
            layer_norm_1: "f32[16, 128, 128]" = torch.ops.aten.layer_norm.default(add_1, [128], p_net_blocks_0_norm2_weight, p_net_blocks_0_norm2_bias, 1e-05, False);  p_net_blocks_0_norm2_weight = p_net_blocks_0_norm2_bias = None
    
            # File: site-packages/torch/nn/modules/linear.py:134 in forward, code: return F.linear(input, self.weight, self.bias)
            linear_2: "f32[16, 128, 512]" = torch.ops.aten.linear.default(layer_norm_1, p_net_blocks_0_up_weight, p_net_blocks_0_up_bias);  layer_norm_1 = p_net_blocks_0_up_weight = p_net_blocks_0_up_bias = None
    
            # File: export.py:48 in forward, code: return x + self.down(F.gelu(self.up(self.norm2(x))))
            gelu: "f32[16, 128, 512]" = torch.ops.aten.gelu.default(linear_2);  linear_2 = None
    
            # File: site-packages/torch/nn/modules/linear.py:134 in forward, code: return F.linear(input, self.weight, self.bias)
            linear_3: "f32[16, 128, 128]" = torch.ops.aten.linear.default(gelu, p_net_blocks_0_down_weight, p_net_blocks_0_down_bias);  gelu = p_net_blocks_0_down_weight = p_net_blocks_0_down_bias = None
    
            # File: export.py:48 in forward, code: return x + self.down(F.gelu(self.up(self.norm2(x))))
            add_2: "f32[16, 128, 128]" = torch.ops.aten.add.Tensor(add_1, linear_3);  add_1 = linear_3 = None
    
            # File: site-packages/torch/nn/modules/normalization.py:228 in forward, code: return F.layer_norm(
            layer_norm_2: "f32[16, 128, 128]" = torch.ops.aten.layer_norm.default(add_2, [128], p_net_blocks_1_norm1_weight, p_net_blocks_1_norm1_bias, 1e-05, False);  p_net_blocks_1_norm1_weight = p_net_blocks_1_norm1_bias = None
    
            # File: site-packages/torch/nn/modules/linear.py:134 in forward, code: return F.linear(input, self.weight, self.bias)
            linear_4: "f32[16, 128, 384]" = torch.ops.aten.linear.default(layer_norm_2, p_net_blocks_1_qkv_weight, p_net_blocks_1_qkv_bias);  layer_norm_2 = p_net_blocks_1_qkv_weight = p_net_blocks_1_qkv_bias = None
    
            # File: export.py:45 in forward, code: q, k, v = self.qkv(self.norm1(x)).view(b, t, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4).unbind(0)
            view_1: "f32[16, 128, 3, 4, 32]" = torch.ops.aten.view.default(linear_4, [16, 128, 3, 4, 32]);  linear_4 = None
            permute_1: "f32[3, 16, 4, 128, 32]" = torch.ops.aten.permute.default(view_1, [2, 0, 3, 1, 4]);  view_1 = None
            unbind_1 = torch.ops.aten.unbind.int(permute_1);  permute_1 = None
            getitem_3: "f32[16, 4, 128, 32]" = unbind_1[0]
            getitem_4: "f32[16, 4, 128, 32]" = unbind_1[1]
            getitem_5: "f32[16, 4, 128, 32]" = unbind_1[2];  unbind_1 = None
    
            # File: export.py:46 in forward, code: a = F.scaled_dot_product_attention(q, k, v, is_causal=True)
            scaled_dot_product_attention_1: "f32[16, 4, 128, 32]" = torch.ops.aten.scaled_dot_product_attention.default(getitem_3, getitem_4, getitem_5, None, 0.0, True);  getitem_3 = getitem_4 = getitem_5 = None
    
            # File: export.py:47 in forward, code: x = x + self.proj(a.transpose(1, 2).reshape(b, t, WIDTH))
            transpose_1: "f32[16, 128, 4, 32]" = torch.ops.aten.transpose.int(scaled_dot_product_attention_1, 1, 2);  scaled_dot_product_attention_1 = None
            reshape_1: "f32[16, 128, 128]" = torch.ops.aten.reshape.default(transpose_1, [16, 128, 128]);  transpose_1 = None
    
            # File: site-packages/torch/nn/modules/linear.py:134 in forward, code: return F.linear(input, self.weight, self.bias)
            linear_5: "f32[16, 128, 128]" = torch.ops.aten.linear.default(reshape_1, p_net_blocks_1_proj_weight, p_net_blocks_1_proj_bias);  reshape_1 = p_net_blocks_1_proj_weight = p_net_blocks_1_proj_bias = None
    
            # File: export.py:47 in forward, code: x = x + self.proj(a.transpose(1, 2).reshape(b, t, WIDTH))
            add_3: "f32[16, 128, 128]" = torch.ops.aten.add.Tensor(add_2, linear_5);  add_2 = linear_5 = None
    
            # File: site-packages/torch/nn/modules/normalization.py:228 in forward, code: return F.layer_norm(
            layer_norm_3: "f32[16, 128, 128]" = torch.ops.aten.layer_norm.default(add_3, [128], p_net_blocks_1_norm2_weight, p_net_blocks_1_norm2_bias, 1e-05, False);  p_net_blocks_1_norm2_weight = p_net_blocks_1_norm2_bias = None
    
            # File: site-packages/torch/nn/modules/linear.py:134 in forward, code: return F.linear(input, self.weight, self.bias)
            linear_6: "f32[16, 128, 512]" = torch.ops.aten.linear.default(layer_norm_3, p_net_blocks_1_up_weight, p_net_blocks_1_up_bias);  layer_norm_3 = p_net_blocks_1_up_weight = p_net_blocks_1_up_bias = None
    
            # File: export.py:48 in forward, code: return x + self.down(F.gelu(self.up(self.norm2(x))))
            gelu_1: "f32[16, 128, 512]" = torch.ops.aten.gelu.default(linear_6);  linear_6 = None
    
            # File: site-packages/torch/nn/modules/linear.py:134 in forward, code: return F.linear(input, self.weight, self.bias)
            linear_7: "f32[16, 128, 128]" = torch.ops.aten.linear.default(gelu_1, p_net_blocks_1_down_weight, p_net_blocks_1_down_bias);  gelu_1 = p_net_blocks_1_down_weight = p_net_blocks_1_down_bias = None
    
            # File: export.py:48 in forward, code: return x + self.down(F.gelu(self.up(self.norm2(x))))
            add_4: "f32[16, 128, 128]" = torch.ops.aten.add.Tensor(add_3, linear_7);  add_3 = linear_7 = None
    
            # File: site-packages/torch/nn/modules/normalization.py:228 in forward, code: return F.layer_norm(
            layer_norm_4: "f32[16, 128, 128]" = torch.ops.aten.layer_norm.default(add_4, [128], p_net_blocks_2_norm1_weight, p_net_blocks_2_norm1_bias, 1e-05, False);  p_net_blocks_2_norm1_weight = p_net_blocks_2_norm1_bias = None
    
            # File: site-packages/torch/nn/modules/linear.py:134 in forward, code: return F.linear(input, self.weight, self.bias)
            linear_8: "f32[16, 128, 384]" = torch.ops.aten.linear.default(layer_norm_4, p_net_blocks_2_qkv_weight, p_net_blocks_2_qkv_bias);  layer_norm_4 = p_net_blocks_2_qkv_weight = p_net_blocks_2_qkv_bias = None
    
            # File: export.py:45 in forward, code: q, k, v = self.qkv(self.norm1(x)).view(b, t, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4).unbind(0)
            view_2: "f32[16, 128, 3, 4, 32]" = torch.ops.aten.view.default(linear_8, [16, 128, 3, 4, 32]);  linear_8 = None
            permute_2: "f32[3, 16, 4, 128, 32]" = torch.ops.aten.permute.default(view_2, [2, 0, 3, 1, 4]);  view_2 = None
            unbind_2 = torch.ops.aten.unbind.int(permute_2);  permute_2 = None
            getitem_6: "f32[16, 4, 128, 32]" = unbind_2[0]
            getitem_7: "f32[16, 4, 128, 32]" = unbind_2[1]
            getitem_8: "f32[16, 4, 128, 32]" = unbind_2[2];  unbind_2 = None
    
            # File: export.py:46 in forward, code: a = F.scaled_dot_product_attention(q, k, v, is_causal=True)
            scaled_dot_product_attention_2: "f32[16, 4, 128, 32]" = torch.ops.aten.scaled_dot_product_attention.default(getitem_6, getitem_7, getitem_8, None, 0.0, True);  getitem_6 = getitem_7 = getitem_8 = None
    
            # File: export.py:47 in forward, code: x = x + self.proj(a.transpose(1, 2).reshape(b, t, WIDTH))
            transpose_2: "f32[16, 128, 4, 32]" = torch.ops.aten.transpose.int(scaled_dot_product_attention_2, 1, 2);  scaled_dot_product_attention_2 = None
            reshape_2: "f32[16, 128, 128]" = torch.ops.aten.reshape.default(transpose_2, [16, 128, 128]);  transpose_2 = None
    
            # File: site-packages/torch/nn/modules/linear.py:134 in forward, code: return F.linear(input, self.weight, self.bias)
            linear_9: "f32[16, 128, 128]" = torch.ops.aten.linear.default(reshape_2, p_net_blocks_2_proj_weight, p_net_blocks_2_proj_bias);  reshape_2 = p_net_blocks_2_proj_weight = p_net_blocks_2_proj_bias = None
    
            # File: export.py:47 in forward, code: x = x + self.proj(a.transpose(1, 2).reshape(b, t, WIDTH))
            add_5: "f32[16, 128, 128]" = torch.ops.aten.add.Tensor(add_4, linear_9);  add_4 = linear_9 = None
    
            # File: site-packages/torch/nn/modules/normalization.py:228 in forward, code: return F.layer_norm(
            layer_norm_5: "f32[16, 128, 128]" = torch.ops.aten.layer_norm.default(add_5, [128], p_net_blocks_2_norm2_weight, p_net_blocks_2_norm2_bias, 1e-05, False);  p_net_blocks_2_norm2_weight = p_net_blocks_2_norm2_bias = None
    
            # File: site-packages/torch/nn/modules/linear.py:134 in forward, code: return F.linear(input, self.weight, self.bias)
            linear_10: "f32[16, 128, 512]" = torch.ops.aten.linear.default(layer_norm_5, p_net_blocks_2_up_weight, p_net_blocks_2_up_bias);  layer_norm_5 = p_net_blocks_2_up_weight = p_net_blocks_2_up_bias = None
    
            # File: export.py:48 in forward, code: return x + self.down(F.gelu(self.up(self.norm2(x))))
            gelu_2: "f32[16, 128, 512]" = torch.ops.aten.gelu.default(linear_10);  linear_10 = None
    
            # File: site-packages/torch/nn/modules/linear.py:134 in forward, code: return F.linear(input, self.weight, self.bias)
            linear_11: "f32[16, 128, 128]" = torch.ops.aten.linear.default(gelu_2, p_net_blocks_2_down_weight, p_net_blocks_2_down_bias);  gelu_2 = p_net_blocks_2_down_weight = p_net_blocks_2_down_bias = None
    
            # File: export.py:48 in forward, code: return x + self.down(F.gelu(self.up(self.norm2(x))))
            add_6: "f32[16, 128, 128]" = torch.ops.aten.add.Tensor(add_5, linear_11);  add_5 = linear_11 = None
    
            # File: site-packages/torch/nn/modules/normalization.py:228 in forward, code: return F.layer_norm(
            layer_norm_6: "f32[16, 128, 128]" = torch.ops.aten.layer_norm.default(add_6, [128], p_net_blocks_3_norm1_weight, p_net_blocks_3_norm1_bias, 1e-05, False);  p_net_blocks_3_norm1_weight = p_net_blocks_3_norm1_bias = None
    
            # File: site-packages/torch/nn/modules/linear.py:134 in forward, code: return F.linear(input, self.weight, self.bias)
            linear_12: "f32[16, 128, 384]" = torch.ops.aten.linear.default(layer_norm_6, p_net_blocks_3_qkv_weight, p_net_blocks_3_qkv_bias);  layer_norm_6 = p_net_blocks_3_qkv_weight = p_net_blocks_3_qkv_bias = None
    
            # File: export.py:45 in forward, code: q, k, v = self.qkv(self.norm1(x)).view(b, t, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4).unbind(0)
            view_3: "f32[16, 128, 3, 4, 32]" = torch.ops.aten.view.default(linear_12, [16, 128, 3, 4, 32]);  linear_12 = None
            permute_3: "f32[3, 16, 4, 128, 32]" = torch.ops.aten.permute.default(view_3, [2, 0, 3, 1, 4]);  view_3 = None
            unbind_3 = torch.ops.aten.unbind.int(permute_3);  permute_3 = None
            getitem_9: "f32[16, 4, 128, 32]" = unbind_3[0]
            getitem_10: "f32[16, 4, 128, 32]" = unbind_3[1]
            getitem_11: "f32[16, 4, 128, 32]" = unbind_3[2];  unbind_3 = None
    
            # File: export.py:46 in forward, code: a = F.scaled_dot_product_attention(q, k, v, is_causal=True)
            scaled_dot_product_attention_3: "f32[16, 4, 128, 32]" = torch.ops.aten.scaled_dot_product_attention.default(getitem_9, getitem_10, getitem_11, None, 0.0, True);  getitem_9 = getitem_10 = getitem_11 = None
    
            # File: export.py:47 in forward, code: x = x + self.proj(a.transpose(1, 2).reshape(b, t, WIDTH))
            transpose_3: "f32[16, 128, 4, 32]" = torch.ops.aten.transpose.int(scaled_dot_product_attention_3, 1, 2);  scaled_dot_product_attention_3 = None
            reshape_3: "f32[16, 128, 128]" = torch.ops.aten.reshape.default(transpose_3, [16, 128, 128]);  transpose_3 = None
    
            # File: site-packages/torch/nn/modules/linear.py:134 in forward, code: return F.linear(input, self.weight, self.bias)
            linear_13: "f32[16, 128, 128]" = torch.ops.aten.linear.default(reshape_3, p_net_blocks_3_proj_weight, p_net_blocks_3_proj_bias);  reshape_3 = p_net_blocks_3_proj_weight = p_net_blocks_3_proj_bias = None
    
            # File: export.py:47 in forward, code: x = x + self.proj(a.transpose(1, 2).reshape(b, t, WIDTH))
            add_7: "f32[16, 128, 128]" = torch.ops.aten.add.Tensor(add_6, linear_13);  add_6 = linear_13 = None
    
            # File: site-packages/torch/nn/modules/normalization.py:228 in forward, code: return F.layer_norm(
            layer_norm_7: "f32[16, 128, 128]" = torch.ops.aten.layer_norm.default(add_7, [128], p_net_blocks_3_norm2_weight, p_net_blocks_3_norm2_bias, 1e-05, False);  p_net_blocks_3_norm2_weight = p_net_blocks_3_norm2_bias = None
    
            # File: site-packages/torch/nn/modules/linear.py:134 in forward, code: return F.linear(input, self.weight, self.bias)
            linear_14: "f32[16, 128, 512]" = torch.ops.aten.linear.default(layer_norm_7, p_net_blocks_3_up_weight, p_net_blocks_3_up_bias);  layer_norm_7 = p_net_blocks_3_up_weight = p_net_blocks_3_up_bias = None
    
            # File: export.py:48 in forward, code: return x + self.down(F.gelu(self.up(self.norm2(x))))
            gelu_3: "f32[16, 128, 512]" = torch.ops.aten.gelu.default(linear_14);  linear_14 = None
    
            # File: site-packages/torch/nn/modules/linear.py:134 in forward, code: return F.linear(input, self.weight, self.bias)
            linear_15: "f32[16, 128, 128]" = torch.ops.aten.linear.default(gelu_3, p_net_blocks_3_down_weight, p_net_blocks_3_down_bias);  gelu_3 = p_net_blocks_3_down_weight = p_net_blocks_3_down_bias = None
    
            # File: export.py:48 in forward, code: return x + self.down(F.gelu(self.up(self.norm2(x))))
            add_8: "f32[16, 128, 128]" = torch.ops.aten.add.Tensor(add_7, linear_15);  add_7 = linear_15 = None
    
            # File: site-packages/torch/nn/modules/normalization.py:228 in forward, code: return F.layer_norm(
            layer_norm_8: "f32[16, 128, 128]" = torch.ops.aten.layer_norm.default(add_8, [128], p_net_blocks_4_norm1_weight, p_net_blocks_4_norm1_bias, 1e-05, False);  p_net_blocks_4_norm1_weight = p_net_blocks_4_norm1_bias = None
    
            # File: site-packages/torch/nn/modules/linear.py:134 in forward, code: return F.linear(input, self.weight, self.bias)
            linear_16: "f32[16, 128, 384]" = torch.ops.aten.linear.default(layer_norm_8, p_net_blocks_4_qkv_weight, p_net_blocks_4_qkv_bias);  layer_norm_8 = p_net_blocks_4_qkv_weight = p_net_blocks_4_qkv_bias = None
    
            # File: export.py:45 in forward, code: q, k, v = self.qkv(self.norm1(x)).view(b, t, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4).unbind(0)
            view_4: "f32[16, 128, 3, 4, 32]" = torch.ops.aten.view.default(linear_16, [16, 128, 3, 4, 32]);  linear_16 = None
            permute_4: "f32[3, 16, 4, 128, 32]" = torch.ops.aten.permute.default(view_4, [2, 0, 3, 1, 4]);  view_4 = None
            unbind_4 = torch.ops.aten.unbind.int(permute_4);  permute_4 = None
            getitem_12: "f32[16, 4, 128, 32]" = unbind_4[0]
            getitem_13: "f32[16, 4, 128, 32]" = unbind_4[1]
            getitem_14: "f32[16, 4, 128, 32]" = unbind_4[2];  unbind_4 = None
    
            # File: export.py:46 in forward, code: a = F.scaled_dot_product_attention(q, k, v, is_causal=True)
            scaled_dot_product_attention_4: "f32[16, 4, 128, 32]" = torch.ops.aten.scaled_dot_product_attention.default(getitem_12, getitem_13, getitem_14, None, 0.0, True);  getitem_12 = getitem_13 = getitem_14 = None
    
            # File: export.py:47 in forward, code: x = x + self.proj(a.transpose(1, 2).reshape(b, t, WIDTH))
            transpose_4: "f32[16, 128, 4, 32]" = torch.ops.aten.transpose.int(scaled_dot_product_attention_4, 1, 2);  scaled_dot_product_attention_4 = None
            reshape_4: "f32[16, 128, 128]" = torch.ops.aten.reshape.default(transpose_4, [16, 128, 128]);  transpose_4 = None
    
            # File: site-packages/torch/nn/modules/linear.py:134 in forward, code: return F.linear(input, self.weight, self.bias)
            linear_17: "f32[16, 128, 128]" = torch.ops.aten.linear.default(reshape_4, p_net_blocks_4_proj_weight, p_net_blocks_4_proj_bias);  reshape_4 = p_net_blocks_4_proj_weight = p_net_blocks_4_proj_bias = None
    
            # File: export.py:47 in forward, code: x = x + self.proj(a.transpose(1, 2).reshape(b, t, WIDTH))
            add_9: "f32[16, 128, 128]" = torch.ops.aten.add.Tensor(add_8, linear_17);  add_8 = linear_17 = None
    
            # File: site-packages/torch/nn/modules/normalization.py:228 in forward, code: return F.layer_norm(
            layer_norm_9: "f32[16, 128, 128]" = torch.ops.aten.layer_norm.default(add_9, [128], p_net_blocks_4_norm2_weight, p_net_blocks_4_norm2_bias, 1e-05, False);  p_net_blocks_4_norm2_weight = p_net_blocks_4_norm2_bias = None
    
            # File: site-packages/torch/nn/modules/linear.py:134 in forward, code: return F.linear(input, self.weight, self.bias)
            linear_18: "f32[16, 128, 512]" = torch.ops.aten.linear.default(layer_norm_9, p_net_blocks_4_up_weight, p_net_blocks_4_up_bias);  layer_norm_9 = p_net_blocks_4_up_weight = p_net_blocks_4_up_bias = None
    
            # File: export.py:48 in forward, code: return x + self.down(F.gelu(self.up(self.norm2(x))))
            gelu_4: "f32[16, 128, 512]" = torch.ops.aten.gelu.default(linear_18);  linear_18 = None
    
            # File: site-packages/torch/nn/modules/linear.py:134 in forward, code: return F.linear(input, self.weight, self.bias)
            linear_19: "f32[16, 128, 128]" = torch.ops.aten.linear.default(gelu_4, p_net_blocks_4_down_weight, p_net_blocks_4_down_bias);  gelu_4 = p_net_blocks_4_down_weight = p_net_blocks_4_down_bias = None
    
            # File: export.py:48 in forward, code: return x + self.down(F.gelu(self.up(self.norm2(x))))
            add_10: "f32[16, 128, 128]" = torch.ops.aten.add.Tensor(add_9, linear_19);  add_9 = linear_19 = None
    
            # File: site-packages/torch/nn/modules/normalization.py:228 in forward, code: return F.layer_norm(
            layer_norm_10: "f32[16, 128, 128]" = torch.ops.aten.layer_norm.default(add_10, [128], p_net_norm_weight, p_net_norm_bias, 1e-05, False);  add_10 = p_net_norm_weight = p_net_norm_bias = None
    
            # File: site-packages/torch/nn/modules/linear.py:134 in forward, code: return F.linear(input, self.weight, self.bias)
            linear_20: "f32[16, 128, 256]" = torch.ops.aten.linear.default(layer_norm_10, p_net_head_weight);  layer_norm_10 = p_net_head_weight = None
    
            # File: export.py:76 in forward, code: return F.cross_entropy(self.net(x).flatten(0, -2), y.flatten())
            flatten: "f32[2048, 256]" = torch.ops.aten.flatten.using_ints(linear_20, 0, -2);  linear_20 = None
            flatten_1: "i64[2048]" = torch.ops.aten.flatten.using_ints(y);  y = None
            cross_entropy_loss: "f32[]" = torch.ops.aten.cross_entropy_loss.default(flatten, flatten_1);  flatten = flatten_1 = None
            return (cross_entropy_loss,)
    
Graph signature:
    # inputs
    p_net_token_weight: PARAMETER target='net.token.weight'
    p_net_position_weight: PARAMETER target='net.position.weight'
    p_net_blocks_0_norm1_weight: PARAMETER target='net.blocks.0.norm1.weight'
    p_net_blocks_0_norm1_bias: PARAMETER target='net.blocks.0.norm1.bias'
    p_net_blocks_0_norm2_weight: PARAMETER target='net.blocks.0.norm2.weight'
    p_net_blocks_0_norm2_bias: PARAMETER target='net.blocks.0.norm2.bias'
    p_net_blocks_0_qkv_weight: PARAMETER target='net.blocks.0.qkv.weight'
    p_net_blocks_0_qkv_bias: PARAMETER target='net.blocks.0.qkv.bias'
    p_net_blocks_0_proj_weight: PARAMETER target='net.blocks.0.proj.weight'
    p_net_blocks_0_proj_bias: PARAMETER target='net.blocks.0.proj.bias'
    p_net_blocks_0_up_weight: PARAMETER target='net.blocks.0.up.weight'
    p_net_blocks_0_up_bias: PARAMETER target='net.blocks.0.up.bias'
    p_net_blocks_0_down_weight: PARAMETER target='net.blocks.0.down.weight'
    p_net_blocks_0_down_bias: PARAMETER target='net.blocks.0.down.bias'
    p_net_blocks_1_norm1_weight: PARAMETER target='net.blocks.1.norm1.weight'
    p_net_blocks_1_norm1_bias: PARAMETER target='net.blocks.1.norm1.bias'
    p_net_blocks_1_norm2_weight: PARAMETER target='net.blocks.1.norm2.weight'
    p_net_blocks_1_norm2_bias: PARAMETER target='net.blocks.1.norm2.bias'
    p_net_blocks_1_qkv_weight: PARAMETER target='net.blocks.1.qkv.weight'
    p_net_blocks_1_qkv_bias: PARAMETER target='net.blocks.1.qkv.bias'
    p_net_blocks_1_proj_weight: PARAMETER target='net.blocks.1.proj.weight'
    p_net_blocks_1_proj_bias: PARAMETER target='net.blocks.1.proj.bias'
    p_net_blocks_1_up_weight: PARAMETER target='net.blocks.1.up.weight'
    p_net_blocks_1_up_bias: PARAMETER target='net.blocks.1.up.bias'
    p_net_blocks_1_down_weight: PARAMETER target='net.blocks.1.down.weight'
    p_net_blocks_1_down_bias: PARAMETER target='net.blocks.1.down.bias'
    p_net_blocks_2_norm1_weight: PARAMETER target='net.blocks.2.norm1.weight'
    p_net_blocks_2_norm1_bias: PARAMETER target='net.blocks.2.norm1.bias'
    p_net_blocks_2_norm2_weight: PARAMETER target='net.blocks.2.norm2.weight'
    p_net_blocks_2_norm2_bias: PARAMETER target='net.blocks.2.norm2.bias'
    p_net_blocks_2_qkv_weight: PARAMETER target='net.blocks.2.qkv.weight'
    p_net_blocks_2_qkv_bias: PARAMETER target='net.blocks.2.qkv.bias'
    p_net_blocks_2_proj_weight: PARAMETER target='net.blocks.2.proj.weight'
    p_net_blocks_2_proj_bias: PARAMETER target='net.blocks.2.proj.bias'
    p_net_blocks_2_up_weight: PARAMETER target='net.blocks.2.up.weight'
    p_net_blocks_2_up_bias: PARAMETER target='net.blocks.2.up.bias'
    p_net_blocks_2_down_weight: PARAMETER target='net.blocks.2.down.weight'
    p_net_blocks_2_down_bias: PARAMETER target='net.blocks.2.down.bias'
    p_net_blocks_3_norm1_weight: PARAMETER target='net.blocks.3.norm1.weight'
    p_net_blocks_3_norm1_bias: PARAMETER target='net.blocks.3.norm1.bias'
    p_net_blocks_3_norm2_weight: PARAMETER target='net.blocks.3.norm2.weight'
    p_net_blocks_3_norm2_bias: PARAMETER target='net.blocks.3.norm2.bias'
    p_net_blocks_3_qkv_weight: PARAMETER target='net.blocks.3.qkv.weight'
    p_net_blocks_3_qkv_bias: PARAMETER target='net.blocks.3.qkv.bias'
    p_net_blocks_3_proj_weight: PARAMETER target='net.blocks.3.proj.weight'
    p_net_blocks_3_proj_bias: PARAMETER target='net.blocks.3.proj.bias'
    p_net_blocks_3_up_weight: PARAMETER target='net.blocks.3.up.weight'
    p_net_blocks_3_up_bias: PARAMETER target='net.blocks.3.up.bias'
    p_net_blocks_3_down_weight: PARAMETER target='net.blocks.3.down.weight'
    p_net_blocks_3_down_bias: PARAMETER target='net.blocks.3.down.bias'
    p_net_blocks_4_norm1_weight: PARAMETER target='net.blocks.4.norm1.weight'
    p_net_blocks_4_norm1_bias: PARAMETER target='net.blocks.4.norm1.bias'
    p_net_blocks_4_norm2_weight: PARAMETER target='net.blocks.4.norm2.weight'
    p_net_blocks_4_norm2_bias: PARAMETER target='net.blocks.4.norm2.bias'
    p_net_blocks_4_qkv_weight: PARAMETER target='net.blocks.4.qkv.weight'
    p_net_blocks_4_qkv_bias: PARAMETER target='net.blocks.4.qkv.bias'
    p_net_blocks_4_proj_weight: PARAMETER target='net.blocks.4.proj.weight'
    p_net_blocks_4_proj_bias: PARAMETER target='net.blocks.4.proj.bias'
    p_net_blocks_4_up_weight: PARAMETER target='net.blocks.4.up.weight'
    p_net_blocks_4_up_bias: PARAMETER target='net.blocks.4.up.bias'
    p_net_blocks_4_down_weight: PARAMETER target='net.blocks.4.down.weight'
    p_net_blocks_4_down_bias: PARAMETER target='net.blocks.4.down.bias'
    p_net_norm_weight: PARAMETER target='net.norm.weight'
    p_net_norm_bias: PARAMETER target='net.norm.bias'
    p_net_head_weight: PARAMETER target='net.head.weight'
    x: USER_INPUT
    y: USER_INPUT
    
    # outputs
    cross_entropy_loss: USER_OUTPUT
    
Range constraints: {}
