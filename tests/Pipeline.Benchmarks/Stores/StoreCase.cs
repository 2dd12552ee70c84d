using System.Collections.Immutable;

namespace Pipeline.Benchmarks.Stores;

/// <summary>A worker with its documents and objects in certain stores.</summary>
/// <param name="Environment">What tells the worker so.</param>
internal sealed record StoreCase(string Name, ImmutableDictionary<string, string> Environment);
