using System.Collections.Immutable;

namespace Pipeline.Benchmarks.Starting;

/// <summary>Something that is started and measured.</summary>
/// <param name="Arguments">Of <c>dotnet</c>; <c>{port}</c> stands for a free port.</param>
/// <param name="Environment">Further environment variables, in the same manner.</param>
/// <param name="Question">What is asked until there is an answer; null for a command, which ends by itself.</param>
/// <param name="WeightBytes">Of the model's weights as float32; 0 without one.</param>
internal sealed record StartCase(
    string Name, ImmutableArray<string> Arguments, ImmutableDictionary<string, string> Environment, StartQuestion? Question, long WeightBytes);
