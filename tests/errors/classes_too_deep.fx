# 261:261: SYNTAX: classes are nested more than 64 deep
#                                                                                                                                class c65(torch.nn.Module):
#                                                                                                                                ^
class c0(torch.nn.Module):
    def forward(self, x: "f32[2]"):
        return (x,)

    class c1(torch.nn.Module):
        def forward(self, x: "f32[2]"):
            return (x,)

        class c2(torch.nn.Module):
            def forward(self, x: "f32[2]"):
                return (x,)

            class c3(torch.nn.Module):
                def forward(self, x: "f32[2]"):
                    return (x,)

                class c4(torch.nn.Module):
                    def forward(self, x: "f32[2]"):
                        return (x,)

                    class c5(torch.nn.Module):
                        def forward(self, x: "f32[2]"):
                            return (x,)

                        class c6(torch.nn.Module):
                            def forward(self, x: "f32[2]"):
                                return (x,)

                            class c7(torch.nn.Module):
                                def forward(self, x: "f32[2]"):
                                    return (x,)

                                class c8(torch.nn.Module):
                                    def forward(self, x: "f32[2]"):
                                        return (x,)

                                    class c9(torch.nn.Module):
                                        def forward(self, x: "f32[2]"):
                                            return (x,)

                                        class c10(torch.nn.Module):
                                            def forward(self, x: "f32[2]"):
                                                return (x,)

                                            class c11(torch.nn.Module):
                                                def forward(self, x: "f32[2]"):
                                                    return (x,)

                                                class c12(torch.nn.Module):
                                                    def forward(self, x: "f32[2]"):
                                                        return (x,)

                                                    class c13(torch.nn.Module):
                                                        def forward(self, x: "f32[2]"):
                                                            return (x,)

                                                        class c14(torch.nn.Module):
                                                            def forward(self, x: "f32[2]"):
                                                                return (x,)

                                                            class c15(torch.nn.Module):
                                                                def forward(self, x: "f32[2]"):
                                                                    return (x,)

                                                                class c16(torch.nn.Module):
                                                                    def forward(self, x: "f32[2]"):
                                                                        return (x,)

                                                                    class c17(torch.nn.Module):
                                                                        def forward(self, x: "f32[2]"):
                                                                            return (x,)

                                                                        class c18(torch.nn.Module):
                                                                            def forward(self, x: "f32[2]"):
                                                                                return (x,)

                                                                            class c19(torch.nn.Module):
                                                                                def forward(self, x: "f32[2]"):
                                                                                    return (x,)

                                                                                class c20(torch.nn.Module):
                                                                                    def forward(self, x: "f32[2]"):
                                                                                        return (x,)

                                                                                    class c21(torch.nn.Module):
                                                                                        def forward(self, x: "f32[2]"):
                                                                                            return (x,)

                                                                                        class c22(torch.nn.Module):
                                                                                            def forward(self, x: "f32[2]"):
                                                                                                return (x,)

                                                                                            class c23(torch.nn.Module):
                                                                                                def forward(self, x: "f32[2]"):
                                                                                                    return (x,)

                                                                                                class c24(torch.nn.Module):
                                                                                                    def forward(self, x: "f32[2]"):
                                                                                                        return (x,)

                                                                                                    class c25(torch.nn.Module):
                                                                                                        def forward(self, x: "f32[2]"):
                                                                                                            return (x,)

                                                                                                        class c26(torch.nn.Module):
                                                                                                            def forward(self, x: "f32[2]"):
                                                                                                                return (x,)

                                                                                                            class c27(torch.nn.Module):
                                                                                                                def forward(self, x: "f32[2]"):
                                                                                                                    return (x,)

                                                                                                                class c28(torch.nn.Module):
                                                                                                                    def forward(self, x: "f32[2]"):
                                                                                                                        return (x,)

                                                                                                                    class c29(torch.nn.Module):
                                                                                                                        def forward(self, x: "f32[2]"):
                                                                                                                            return (x,)

                                                                                                                        class c30(torch.nn.Module):
                                                                                                                            def forward(self, x: "f32[2]"):
                                                                                                                                return (x,)

                                                                                                                            class c31(torch.nn.Module):
                                                                                                                                def forward(self, x: "f32[2]"):
                                                                                                                                    return (x,)

                                                                                                                                class c32(torch.nn.Module):
                                                                                                                                    def forward(self, x: "f32[2]"):
                                                                                                                                        return (x,)

                                                                                                                                    class c33(torch.nn.Module):
                                                                                                                                        def forward(self, x: "f32[2]"):
                                                                                                                                            return (x,)

                                                                                                                                        class c34(torch.nn.Module):
                                                                                                                                            def forward(self, x: "f32[2]"):
                                                                                                                                                return (x,)

                                                                                                                                            class c35(torch.nn.Module):
                                                                                                                                                def forward(self, x: "f32[2]"):
                                                                                                                                                    return (x,)

                                                                                                                                                class c36(torch.nn.Module):
                                                                                                                                                    def forward(self, x: "f32[2]"):
                                                                                                                                                        return (x,)

                                                                                                                                                    class c37(torch.nn.Module):
                                                                                                                                                        def forward(self, x: "f32[2]"):
                                                                                                                                                            return (x,)

                                                                                                                                                        class c38(torch.nn.Module):
                                                                                                                                                            def forward(self, x: "f32[2]"):
                                                                                                                                                                return (x,)

                                                                                                                                                            class c39(torch.nn.Module):
                                                                                                                                                                def forward(self, x: "f32[2]"):
                                                                                                                                                                    return (x,)

                                                                                                                                                                class c40(torch.nn.Module):
                                                                                                                                                                    def forward(self, x: "f32[2]"):
                                                                                                                                                                        return (x,)

                                                                                                                                                                    class c41(torch.nn.Module):
                                                                                                                                                                        def forward(self, x: "f32[2]"):
                                                                                                                                                                            return (x,)

                                                                                                                                                                        class c42(torch.nn.Module):
                                                                                                                                                                            def forward(self, x: "f32[2]"):
                                                                                                                                                                                return (x,)

                                                                                                                                                                            class c43(torch.nn.Module):
                                                                                                                                                                                def forward(self, x: "f32[2]"):
                                                                                                                                                                                    return (x,)

                                                                                                                                                                                class c44(torch.nn.Module):
                                                                                                                                                                                    def forward(self, x: "f32[2]"):
                                                                                                                                                                                        return (x,)

                                                                                                                                                                                    class c45(torch.nn.Module):
                                                                                                                                                                                        def forward(self, x: "f32[2]"):
                                                                                                                                                                                            return (x,)

                                                                                                                                                                                        class c46(torch.nn.Module):
                                                                                                                                                                                            def forward(self, x: "f32[2]"):
                                                                                                                                                                                                return (x,)

                                                                                                                                                                                            class c47(torch.nn.Module):
                                                                                                                                                                                                def forward(self, x: "f32[2]"):
                                                                                                                                                                                                    return (x,)

                                                                                                                                                                                                class c48(torch.nn.Module):
                                                                                                                                                                                                    def forward(self, x: "f32[2]"):
                                                                                                                                                                                                        return (x,)

                                                                                                                                                                                                    class c49(torch.nn.Module):
                                                                                                                                                                                                        def forward(self, x: "f32[2]"):
                                                                                                                                                                                                            return (x,)

                                                                                                                                                                                                        class c50(torch.nn.Module):
                                                                                                                                                                                                            def forward(self, x: "f32[2]"):
                                                                                                                                                                                                                return (x,)

                                                                                                                                                                                                            class c51(torch.nn.Module):
                                                                                                                                                                                                                def forward(self, x: "f32[2]"):
                                                                                                                                                                                                                    return (x,)

                                                                                                                                                                                                                class c52(torch.nn.Module):
                                                                                                                                                                                                                    def forward(self, x: "f32[2]"):
                                                                                                                                                                                                                        return (x,)

                                                                                                                                                                                                                    class c53(torch.nn.Module):
                                                                                                                                                                                                                        def forward(self, x: "f32[2]"):
                                                                                                                                                                                                                            return (x,)

                                                                                                                                                                                                                        class c54(torch.nn.Module):
                                                                                                                                                                                                                            def forward(self, x: "f32[2]"):
                                                                                                                                                                                                                                return (x,)

                                                                                                                                                                                                                            class c55(torch.nn.Module):
                                                                                                                                                                                                                                def forward(self, x: "f32[2]"):
                                                                                                                                                                                                                                    return (x,)

                                                                                                                                                                                                                                class c56(torch.nn.Module):
                                                                                                                                                                                                                                    def forward(self, x: "f32[2]"):
                                                                                                                                                                                                                                        return (x,)

                                                                                                                                                                                                                                    class c57(torch.nn.Module):
                                                                                                                                                                                                                                        def forward(self, x: "f32[2]"):
                                                                                                                                                                                                                                            return (x,)

                                                                                                                                                                                                                                        class c58(torch.nn.Module):
                                                                                                                                                                                                                                            def forward(self, x: "f32[2]"):
                                                                                                                                                                                                                                                return (x,)

                                                                                                                                                                                                                                            class c59(torch.nn.Module):
                                                                                                                                                                                                                                                def forward(self, x: "f32[2]"):
                                                                                                                                                                                                                                                    return (x,)

                                                                                                                                                                                                                                                class c60(torch.nn.Module):
                                                                                                                                                                                                                                                    def forward(self, x: "f32[2]"):
                                                                                                                                                                                                                                                        return (x,)

                                                                                                                                                                                                                                                    class c61(torch.nn.Module):
                                                                                                                                                                                                                                                        def forward(self, x: "f32[2]"):
                                                                                                                                                                                                                                                            return (x,)

                                                                                                                                                                                                                                                        class c62(torch.nn.Module):
                                                                                                                                                                                                                                                            def forward(self, x: "f32[2]"):
                                                                                                                                                                                                                                                                return (x,)

                                                                                                                                                                                                                                                            class c63(torch.nn.Module):
                                                                                                                                                                                                                                                                def forward(self, x: "f32[2]"):
                                                                                                                                                                                                                                                                    return (x,)

                                                                                                                                                                                                                                                                class c64(torch.nn.Module):
                                                                                                                                                                                                                                                                    def forward(self, x: "f32[2]"):
                                                                                                                                                                                                                                                                        return (x,)

                                                                                                                                                                                                                                                                    class c65(torch.nn.Module):
                                                                                                                                                                                                                                                                        def forward(self, x: "f32[2]"):
                                                                                                                                                                                                                                                                            return (x,)

                                                                                                                                                                                                                                                                        class c66(torch.nn.Module):
                                                                                                                                                                                                                                                                            def forward(self, x: "f32[2]"):
                                                                                                                                                                                                                                                                                return (x,)

                                                                                                                                                                                                                                                                            class c67(torch.nn.Module):
                                                                                                                                                                                                                                                                                def forward(self, x: "f32[2]"):
                                                                                                                                                                                                                                                                                    return (x,)

                                                                                                                                                                                                                                                                                class c68(torch.nn.Module):
                                                                                                                                                                                                                                                                                    def forward(self, x: "f32[2]"):
                                                                                                                                                                                                                                                                                        return (x,)

                                                                                                                                                                                                                                                                                    class c69(torch.nn.Module):
                                                                                                                                                                                                                                                                                        def forward(self, x: "f32[2]"):
                                                                                                                                                                                                                                                                                            return (x,)

