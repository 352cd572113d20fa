class GraphModule(torch.nn.Module):
    def forward(self, L_q_: "f32[2, 2, 20, 4]", L_k_: "f32[2, 2, 20, 4]", L_v_: "f32[2, 2, 20, 4]", L_self_block_mask_kv_indices: "i32[2, 2, 3, 3]", L_self_block_mask_kv_num_blocks: "i32[2, 2, 3]", L_self_parameters_t_: "f32[2, 7]", L_self_buffers_doc_: "i64[20]", L_self_block_mask_full_kv_num_blocks: "i32[2, 2, 3]", L_self_block_mask_full_kv_indices: "i32[2, 2, 3, 3]", L_self_block_mask_q_num_blocks: "i32[2, 2, 3]", L_self_block_mask_q_indices: "i32[2, 2, 3, 3]", L_self_block_mask_full_q_num_blocks: "i32[2, 2, 3]", L_self_block_mask_full_q_indices: "i32[2, 2, 3, 3]"):
        l_q_ = L_q_
        l_k_ = L_k_
        l_v_ = L_v_
        l_self_block_mask_kv_indices = L_self_block_mask_kv_indices
        l_self_block_mask_kv_num_blocks = L_self_block_mask_kv_num_blocks
        l_self_parameters_t_ = L_self_parameters_t_
        l_self_buffers_doc_ = L_self_buffers_doc_
        l_self_block_mask_full_kv_num_blocks = L_self_block_mask_full_kv_num_blocks
        l_self_block_mask_full_kv_indices = L_self_block_mask_full_kv_indices
        l_self_block_mask_q_num_blocks = L_self_block_mask_q_num_blocks
        l_self_block_mask_q_indices = L_self_block_mask_q_indices
        l_self_block_mask_full_q_num_blocks = L_self_block_mask_full_q_num_blocks
        l_self_block_mask_full_q_indices = L_self_block_mask_full_q_indices

        score_mod_0 = self.score_mod_0
        mask_fn_0 = self.mask_fn_0
        flex_attention = torch.ops.higher_order.flex_attention(l_q_, l_k_, l_v_, score_mod_0, (20, 20, l_self_block_mask_kv_num_blocks, l_self_block_mask_kv_indices, l_self_block_mask_full_kv_num_blocks, l_self_block_mask_full_kv_indices, l_self_block_mask_q_num_blocks, l_self_block_mask_q_indices, l_self_block_mask_full_q_num_blocks, l_self_block_mask_full_q_indices, None, None, None, None, 8, 8, mask_fn_0), 0.5, {'BACKEND': 'AUTO', 'PRESCALE_QK': False, 'ROWS_GUARANTEED_SAFE': False, 'BLOCKS_ARE_CONTIGUOUS': False, 'WRITE_DQ': True, 'OUTPUT_LOGSUMEXP': False, 'OUTPUT_MAX': False}, (l_self_parameters_t_,), (l_self_buffers_doc_,));  l_q_ = l_k_ = l_v_ = score_mod_0 = l_self_block_mask_kv_num_blocks = l_self_block_mask_kv_indices = l_self_block_mask_full_kv_num_blocks = l_self_block_mask_full_kv_indices = l_self_block_mask_q_num_blocks = l_self_block_mask_q_indices = l_self_block_mask_full_q_num_blocks = l_self_block_mask_full_q_indices = mask_fn_0 = l_self_parameters_t_ = l_self_buffers_doc_ = None
        out: "f32[2, 2, 20, 4]" = flex_attention[0];  flex_attention = None
        return (out,)

    class score_mod_0(torch.nn.Module):
        def forward(self, child: "f32[]", child_1: "i32[]", child_2: "i32[]", child_3: "i32[]", child_4: "i32[]", l_self_parameters_t_: "f32[2, 7]"):
            mul: "f32[]" = child * 0.5;  child = None
            tanh: "f32[]" = torch.tanh(mul);  mul = None
            mul_1: "f32[]" = tanh * 2;  tanh = None
            sub: "i32[]" = child_3 - child_4;  child_3 = child_4 = None
            clamp: "i32[]" = sub.clamp(-3, 3);  sub = None
            add: "i32[]" = clamp + 3;  clamp = None
            getitem: "f32[]" = l_self_parameters_t_[(child_2, add)];  l_self_parameters_t_ = child_2 = add = None
            add_1: "f32[]" = mul_1 + getitem;  mul_1 = getitem = None
            return add_1

    class mask_fn_0(torch.nn.Module):
        def forward(self, child: "i32[]", child_1: "i32[]", child_2: "i32[]", child_3: "i32[]", l_self_buffers_doc_: "i64[20]"):
            ge: "b8[]" = child_2 >= child_3
            getitem: "i64[]" = l_self_buffers_doc_[child_2];  child_2 = None
            getitem_1: "i64[]" = l_self_buffers_doc_[child_3];  l_self_buffers_doc_ = child_3 = None
            eq: "b8[]" = getitem == getitem_1;  getitem = getitem_1 = None
            and_: "b8[]" = ge & eq;  ge = eq = None
            return and_
