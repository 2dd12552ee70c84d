namespace Pipeline.Inference.Kernels.Convolution;

/// <summary>The numbers that tiles are made of.</summary>
internal static class KernelConstant
{
    internal readonly struct C0 : IKernelConstant
    {
        public static int Value => 0;
    }

    internal readonly struct C1 : IKernelConstant
    {
        public static int Value => 1;
    }

    internal readonly struct C2 : IKernelConstant
    {
        public static int Value => 2;
    }

    internal readonly struct C3 : IKernelConstant
    {
        public static int Value => 3;
    }

    internal readonly struct C4 : IKernelConstant
    {
        public static int Value => 4;
    }

    internal readonly struct C5 : IKernelConstant
    {
        public static int Value => 5;
    }

    internal readonly struct C6 : IKernelConstant
    {
        public static int Value => 6;
    }

    internal readonly struct C7 : IKernelConstant
    {
        public static int Value => 7;
    }

    internal readonly struct C8 : IKernelConstant
    {
        public static int Value => 8;
    }

    internal readonly struct C14 : IKernelConstant
    {
        public static int Value => 14;
    }

    internal readonly struct C16 : IKernelConstant
    {
        public static int Value => 16;
    }

    internal readonly struct C32 : IKernelConstant
    {
        public static int Value => 32;
    }
}
