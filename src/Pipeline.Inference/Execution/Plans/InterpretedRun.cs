using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Execution.Plans;

/// <summary>What interpreted nodes share in one run: the arena as memory, and the values that are not in it.</summary>
internal sealed class InterpretedRun
{
    private readonly Memory<byte> _arena;
    private readonly byte[] _array;
    private readonly RuntimeValue[] _inputs;
    private readonly RuntimeValue?[] _held;

    /// <param name="array">The array that the arena is part of.</param>
    /// <param name="start">Bytes from the start of the array to the arena.</param>
    /// <param name="inputs">Those of the run.</param>
    /// <param name="held">How many values are held outside the arena.</param>
    public InterpretedRun(byte[] array, int start, RuntimeValue[] inputs, int held, EvaluationContext context)
    {
        _array = array;
        _arena = array.AsMemory(start);
        _inputs = inputs;
        _held = new RuntimeValue?[held];
        Context = context;
    }

    public EvaluationContext Context { get; }

    /// <summary>A value as interpreted nodes take it. What lies in the arena is not copied.</summary>
    public RuntimeValue Get(PlanValue value)
    {
        if (value.Held is { } slot)
        {
            return _held[slot]!;
        }

        var buffer = (value.Owner ?? value).Buffer;
        return buffer.Input >= 0
            ? ((Tensor)_inputs[buffer.Input]).Reshape(value.Shape)
            : Tensor.Wrap(
                DataType.Float32, value.Shape, _arena.Slice(checked((int)(buffer.Offset + value.OwnerOffset) * sizeof(float)), value.Shape.ElementCount * sizeof(float)));
    }

    /// <summary>Puts the result of an interpreted node in its place.</summary>
    public void Set(PlanValue value, RuntimeValue result)
    {
        if (value.Held is not { } slot)
        {
            ((Tensor)result).Bytes.CopyTo(((Tensor)Get(value)).Bytes);
            return;
        }

        // The arena's memory soon means something else.
        var own = ReferenceEquals(RunMemory.KeyOf(result), _array) ? ((Tensor)result).Copy() : result;
        Context.Memory.Hold(own);
        _held[slot] = own;
    }

    /// <summary>Lets an input of the run that is not in the arena be known.</summary>
    public void Hold(PlanValue value, RuntimeValue input) => _held[value.Held!.Value] = input;
}
