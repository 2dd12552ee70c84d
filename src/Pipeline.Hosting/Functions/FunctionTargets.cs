using System.Reflection;

namespace Pipeline.Hosting.Functions;

/// <summary>The types of an assembly that can be a target, by their full names.</summary>
internal sealed class FunctionTargets
{
    private readonly SortedDictionary<string, Type> _types = new(StringComparer.Ordinal);

    public FunctionTargets(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        foreach (var type in assembly.GetTypes().Where(IsTarget))
        {
            _types.Add(type.FullName!, type);
        }
    }

    public IReadOnlyCollection<string> Names => _types.Keys;

    /// <summary>The type of that name; without a name, the only one there is.</summary>
    /// <returns>Null where there is none, with an error that lists the targets.</returns>
    public Type? Find(string? name, ICollection<string> errors)
    {
        if (name is null && _types.Count == 1)
        {
            return _types.Values.Single();
        }

        if (name is not null && _types.TryGetValue(name, out var type))
        {
            return type;
        }

        var list = _types.Count == 0 ? "there are none" : string.Join(", ", _types.Keys);
        errors.Add(name is null
            ? $"No target is given (FUNCTION_TARGET or --target). Targets: {list}."
            : $"'{name}' is not a target (FUNCTION_TARGET or --target). Targets: {list}.");
        return null;
    }

    private static bool IsTarget(Type type) =>
        type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false, IsPublic: true }
        && (IsHttp(type) || IsRoutes(type) || EventInvoker.For(type) is not null);

    internal static bool IsHttp(Type type) => typeof(IHttpFunction).IsAssignableFrom(type);

    internal static bool IsRoutes(Type type) => typeof(IFunctionRoutes).IsAssignableFrom(type);
}
