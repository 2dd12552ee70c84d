using Microsoft.AspNetCore.Http;

namespace Pipeline.Hosting.Functions;

/// <summary>The paths of a target made of several functions.</summary>
public sealed class FunctionRoutes
{
    private readonly Dictionary<PathString, List<Type>> _functions = [];

    /// <summary>
    /// Adds a function under a path. Several functions for events may share a path: each event goes to the one that knows its type.
    /// </summary>
    /// <param name="path">Begins with a slash; compared without regard to case, a slash at its end ignored; <c>{name}</c> is any one segment.</param>
    public FunctionRoutes Add<TFunction>(string path)
        where TFunction : class
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var key = new PathString(path);
        if (!_functions.TryGetValue(key, out var functions))
        {
            _functions.Add(key, functions = []);
        }

        functions.Add(typeof(TFunction));
        return this;
    }

    internal IReadOnlyDictionary<PathString, List<Type>> Functions => _functions;
}
