using System.Runtime.CompilerServices;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Execution.Plans;

/// <summary>Constants as interpreted nodes take them, each loaded once, however many plans use it, and let go with its source. Safe for concurrent use.</summary>
internal sealed class ConstantStore
{
    private readonly ConditionalWeakTable<ConstantSource, RuntimeValue> _loaded = [];
    private readonly Lock _lock = new();

    public RuntimeValue Load(ConstantSource source)
    {
        lock (_lock)
        {
            if (!_loaded.TryGetValue(source, out var value))
            {
                value = source.Load();
                _loaded.Add(source, value);
            }

            return value;
        }
    }
}
