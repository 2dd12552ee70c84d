using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Execution;

/// <summary>Checks what a caller feeds against what a session takes.</summary>
internal static class SessionInputs
{
    /// <returns>The values in the order of <paramref name="specs"/>.</returns>
    /// <exception cref="InvalidSessionInputException">One is missing, not known, or of another type or shape.</exception>
    public static RuntimeValue[] Check(IReadOnlyList<TensorSpec> specs, IReadOnlyDictionary<string, RuntimeValue> inputs)
    {
        var ordered = new RuntimeValue[specs.Count];
        for (var i = 0; i < ordered.Length; i++)
        {
            ordered[i] = Check(specs[i], inputs);
        }

        if (inputs.Count > ordered.Length)
        {
            var unknown = inputs.Keys.First(name => specs.All(s => s.Name != name));
            throw new InvalidSessionInputException(unknown, $"there is no such input; there are {string.Join(", ", specs.Select(s => $"'{s.Name}'"))}.");
        }

        return ordered;
    }

    private static RuntimeValue Check(TensorSpec spec, IReadOnlyDictionary<string, RuntimeValue> inputs)
    {
        if (!inputs.TryGetValue(spec.Name, out var value) || value is null)
        {
            throw new InvalidSessionInputException(spec.Name, $"it is missing; {spec.DataType}{spec.Shape} is needed.");
        }

        if (value.DataType != spec.DataType)
        {
            throw new InvalidSessionInputException(spec.Name, $"it is of type {value.DataType}, {spec.DataType} is needed.");
        }

        return spec.Shape.Admits(value.Shape)
            ? value
            : throw new InvalidSessionInputException(spec.Name, $"it has shape {value.Shape}, {spec.Shape} is needed.");
    }
}
