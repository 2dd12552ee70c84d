using System.Runtime.InteropServices;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Execution;

/// <summary>Counts the bytes that the values of one run take, and refuses what goes beyond a limit. Values that share memory count once.</summary>
internal sealed class RunMemory
{
    private const int BytesPerString = 16;

    private readonly long _limit;
    private readonly Dictionary<object, int> _references = new(ReferenceEqualityComparer.Instance);
    private Node? _node;
    private long _live;
    private long _pending;

    public RunMemory(long limit)
    {
        _limit = limit;
    }

    /// <summary>Bytes that values take which are held.</summary>
    public long Live => _live;

    /// <summary>Names who reserves from now on; what was reserved and is not held by now has been given up.</summary>
    public void Enter(Node node)
    {
        _node = node;
        _pending = 0;
    }

    /// <summary>Called before a value is allocated.</summary>
    /// <exception cref="MemoryLimitExceededException">It would take too much.</exception>
    public void Reserve(DataType dataType, Shape shape) => Reserve(
        dataType.IsNumeric() ? dataType.ByteLength(shape.ElementCount) : (long)BytesPerString * shape.ElementCount);

    /// <inheritdoc cref="Reserve(DataType, Shape)"/>
    public void Reserve(long bytes)
    {
        _pending = checked(_pending + bytes);
        if (_live + _pending > _limit)
        {
            throw new MemoryLimitExceededException($"Node '{_node?.Name}' ({_node?.Operator.Name})", _live + _pending, _limit);
        }
    }

    /// <summary>Called when a slot of the run takes a value.</summary>
    public void Hold(RuntimeValue value)
    {
        var key = KeyOf(value);
        ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(_references, key, out var held);
        count++;
        _live += held ? 0 : Bytes(value);
    }

    /// <summary>Called when a slot of the run lets go of a value.</summary>
    public void Release(RuntimeValue value)
    {
        var key = KeyOf(value);
        if (--_references[key] == 0)
        {
            _references.Remove(key);
            _live -= Bytes(value);
        }
    }

    /// <summary>What values share when they share memory.</summary>
    public static object KeyOf(RuntimeValue value) =>
        value is Tensor tensor && MemoryMarshal.TryGetArray(tensor.Memory, out var segment) ? segment.Array! : value;

    private static long Bytes(RuntimeValue value)
    {
        switch (value)
        {
            case Tensor tensor:
                return tensor.Memory.Length;
            case StringTensor strings:
                var bytes = (long)BytesPerString * strings.Elements.Length;
                foreach (var element in strings.Elements)
                {
                    bytes += element.Length;
                }

                return bytes;
            default:
                return 0;
        }
    }
}
