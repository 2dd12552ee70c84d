namespace Pipeline.Inference.Operators;

/// <summary>Functions of one element. NaN in gives NaN out.</summary>
public enum UnaryFunction
{
    Abs,
    Negate,
    Sign,
    Floor,
    Ceiling,

    /// <summary>To the nearest, ties to even.</summary>
    Round,
    Reciprocal,
    Square,
    Sqrt,

    /// <summary>1 / sqrt(x)</summary>
    Rsqrt,
    Exp,

    /// <summary>exp(x) − 1</summary>
    Expm1,
    Log,

    /// <summary>log(1 + x)</summary>
    Log1p,

    /// <summary>1 / (1 + exp(−x))</summary>
    Sigmoid,
    Tanh,

    /// <summary>x / (1 + exp(−x))</summary>
    Swish,

    /// <summary>x · min(max(x + 3, 0), 6) / 6</summary>
    HardSwish,

    /// <summary>x · (1 + erf(x / √2)) / 2</summary>
    Gelu,

    /// <summary>x · (1 + tanh(√(2/π) · (x + 0.044715 · x³))) / 2</summary>
    GeluTanh,

    /// <summary>x &lt; 0 ? exp(x) − 1 : x</summary>
    Elu,

    /// <summary>scale · (x &lt; 0 ? α · (exp(x) − 1) : x), α = 1.67326…, scale = 1.05070…</summary>
    Selu,

    /// <summary>log(1 + exp(x))</summary>
    Softplus,

    /// <summary>x / (1 + |x|)</summary>
    Softsign,
    Erf,
    Erfc,
    Sin,
    Cos,
    Tan,
}
