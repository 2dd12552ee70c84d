using System.Collections.Immutable;
using Pipeline.Fixtures.Format;

namespace Pipeline.Benchmarks.Engine;

/// <summary>One of the nets that are measured.</summary>
/// <param name="IsConvolutional">Whether it counts in the mean of the convolutional nets.</param>
/// <param name="Cases">Ordered by seed; at least one.</param>
internal sealed record PerformanceNet(string Name, bool IsConvolutional, ImmutableArray<PerformanceCase> Cases)
{
    private const string OursKind = "saved_model";
    private const string PeersKind = "onnx_float32";

    /// <summary>Those that the bound on the geometric mean is about; the others are built of matrix products and normalisations.</summary>
    private static readonly string[] Convolutional =
        ["mobilenet_v1", "mobilenet_v2", "mobilenet_v3_large", "efficientnet_lite0", "resnet50", "inception_v3"];

    public FixtureCase SavedModel => Cases[0].SavedModel;

    public FixtureCase Onnx => Cases[0].Onnx;

    /// <summary>The nets of a folder that are there for both engines.</summary>
    /// <param name="wanted">Beginnings of names; empty: all.</param>
    public static ImmutableArray<PerformanceNet> Find(string folder, IReadOnlyList<string> wanted)
    {
        var nets = FixtureFolder.Read(folder)
            .Where(fixture => fixture.Kind is OursKind or PeersKind)
            .GroupBy(fixture => fixture.Id.Split('/')[0], StringComparer.Ordinal)
            .Where(net => wanted.Count == 0 || wanted.Any(name => net.Key.StartsWith(name, StringComparison.Ordinal)))
            .Select(net => new PerformanceNet(net.Key, IsOneOfTheSix(net.Key), Pair(net)));
        return [.. nets.Where(net => net.Cases.Length > 0)];
    }

    private static ImmutableArray<PerformanceCase> Pair(IEnumerable<FixtureCase> cases)
    {
        var kinds = cases.ToLookup(fixture => fixture.Kind, StringComparer.Ordinal);
        return
        [
            .. kinds[OursKind]
                .Join(kinds[PeersKind], PerformanceCase.SeedOf, PerformanceCase.SeedOf, PerformanceCase.Create)
                .OrderBy(pair => pair.Seed),
        ];
    }

    private static bool IsOneOfTheSix(string name) => Convolutional.Any(net => name.StartsWith(net + "_", StringComparison.Ordinal));
}
