using System.Collections.Immutable;
using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;
using Pipeline.Models.Package.Manifest;

namespace Pipeline.Models.Package;

/// <summary>The model's output tensor to labels and scores, as the manifest says. Safe for concurrent use.</summary>
public sealed class Postprocessor
{
    /// <summary>Each looks at every label.</summary>
    private const int SuggestionsAtMost = 10;

    private readonly TensorSpec _output;
    private readonly Activation _activation;
    private readonly int _top;
    private readonly ImmutableArray<string> _labels;
    private readonly string _labelFile;
    private readonly string _manifestFile;
    private readonly double[] _thresholds;
    private readonly bool[] _isIgnored;

    private Postprocessor(OutputManifest manifest, TensorSpec output, ImmutableArray<string> labels, string labelFile, string manifestFile)
    {
        _output = output;
        _activation = manifest.Activation;
        _top = manifest.Top;
        _labels = labels;
        _labelFile = labelFile;
        _manifestFile = manifestFile;
        _isIgnored = new bool[labels.Length];
        _thresholds = new double[labels.Length];
        var ignored = manifest.Ignore.ToHashSet(StringComparer.Ordinal);
        var common = manifest.Threshold ?? double.NegativeInfinity;
        for (var index = 0; index < labels.Length; index++)
        {
            _isIgnored[index] = ignored.Contains(labels[index]);

            // A score is a float32: 0.7 of the manifest must let through the float32 that is nearest to 0.7.
            _thresholds[index] = (float)(manifest.Thresholds.IsEmpty ? common : manifest.Thresholds.GetValueOrDefault(labels[index], common));
        }
    }

    /// <param name="output">The model's output.</param>
    /// <param name="labels">One a class.</param>
    /// <param name="file">The manifest's path, for messages.</param>
    /// <exception cref="InvalidManifestException">The manifest names labels that are not there, or leaves none.</exception>
    /// <exception cref="UnsupportedManifestException">The output is no list of scores.</exception>
    /// <exception cref="InvalidLabelsException">There are more or fewer labels than classes.</exception>
    public static Postprocessor Create(OutputManifest manifest, TensorSpec output, ImmutableArray<string> labels, string file)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(output);
        var findings = new ManifestFindings();
        var postprocessor = TryCreate(manifest, output, labels, file, findings);
        findings.ThrowIfAny(file);
        return postprocessor!;
    }

    /// <returns>Null where <paramref name="findings"/> got something.</returns>
    internal static Postprocessor? TryCreate(OutputManifest manifest, TensorSpec output, ImmutableArray<string> labels, string file, ManifestFindings findings)
    {
        var labelFile = Path.Combine(Path.GetDirectoryName(file) ?? string.Empty, manifest.Labels);
        if (!ScoreReader.IsScores(output.DataType, output.Shape))
        {
            var found = $"\"{output.Name}\", which is {output.DataType}{output.Shape}";
            findings.Unsupported("$.output.tensor", found, $"{ScoreReader.Works}; an embedding is no classification");
            return null;
        }

        if (ScoreReader.Classes(output.Shape) is { } classes && classes != labels.Length)
        {
            throw WrongCount(labelFile, labels.Length, output.Name, classes);
        }

        return NamesKnownLabels(manifest, labels, findings) ? new Postprocessor(manifest, output, labels, labelFile, file) : null;
    }

    /// <summary>Reads the labels of one picture.</summary>
    /// <exception cref="NonFiniteScoresException">A value of the output is NaN or infinite.</exception>
    /// <exception cref="InvalidLabelsException">There are more or fewer labels than the output turns out to have classes.</exception>
    /// <exception cref="UnsupportedManifestException">The output turns out to be no list of scores.</exception>
    public Ranking Read(Tensor output) => Rank(Scores(output));

    /// <summary>The score of each class, in the order of the labels.</summary>
    /// <inheritdoc cref="Read"/>
    public double[] Scores(Tensor output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (!ScoreReader.IsScores(output.DataType, output.Shape))
        {
            var found = $"\"{_output.Name}\", which gave {output}";
            throw new UnsupportedManifestException(_manifestFile, [new ManifestError("$.output.tensor", found, ScoreReader.Works)]);
        }

        var scores = ScoreReader.Read(output);
        if (scores.Length != _labels.Length)
        {
            throw WrongCount(_labelFile, _labels.Length, _output.Name, scores.Length);
        }

        ThrowUnlessFinite(scores);
        ScoreActivation.Apply(_activation, scores);
        return scores;
    }

    private static InvalidLabelsException WrongCount(string labelFile, int labels, string output, int classes) =>
        new(labelFile, $"the file has {labels} labels, the model's output \"{output}\" has {classes} classes");

    private static bool NamesKnownLabels(OutputManifest manifest, ImmutableArray<string> labels, ManifestFindings findings)
    {
        var known = labels.ToHashSet(StringComparer.Ordinal);
        var unknown = 0;
        string[] withThreshold = manifest.Thresholds.IsEmpty ? [] : [.. manifest.Thresholds.Keys.Order(StringComparer.Ordinal)];
        foreach (var label in withThreshold)
        {
            Check(JsonText.Path("$.output.thresholds", label), label);
        }

        for (var index = 0; index < manifest.Ignore.Length; index++)
        {
            Check($"$.output.ignore[{index}]", manifest.Ignore[index]);
        }

        if (known.IsSubsetOf(manifest.Ignore))
        {
            findings.Invalid("$.output.ignore", $"all {labels.Length} labels", $"fewer than all labels of {manifest.Labels}");
            return false;
        }

        return unknown == 0;

        void Check(string path, string label)
        {
            if (!known.Contains(label))
            {
                findings.Invalid(path, $"\"{label}\"", $"a label of {manifest.Labels}", unknown < SuggestionsAtMost ? NearestName.Find(label, labels) : null);
                unknown++;
            }
        }
    }

    private void ThrowUnlessFinite(ReadOnlySpan<double> scores)
    {
        for (var index = 0; index < scores.Length; index++)
        {
            if (!double.IsFinite(scores[index]))
            {
                throw new NonFiniteScoresException(_output.Name, index, scores[index]);
            }
        }
    }

    private Ranking Rank(ReadOnlySpan<double> scores)
    {
        var best = new TopScores(_top);
        var given = -1;
        for (var index = 0; index < scores.Length; index++)
        {
            if (_isIgnored[index])
            {
                continue;
            }

            best.Add(index, scores[index]);
            if (scores[index] >= _thresholds[index] && (given < 0 || scores[index] > scores[given]))
            {
                given = index;
            }
        }

        var labels = ImmutableArray.CreateBuilder<ScoredLabel>(best.Best.Count);
        foreach (var (index, score) in best.Best)
        {
            labels.Add(new ScoredLabel(_labels[index], score, index));
        }

        return given < 0 ? new Ranking(null, null, labels.MoveToImmutable()) : new Ranking(_labels[given], scores[given], labels.MoveToImmutable());
    }
}
