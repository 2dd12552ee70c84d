using System.Collections.Immutable;
using Pipeline.Imaging;
using Pipeline.Imaging.Decoding;
using Pipeline.Models.Package;
using Pipeline.Worker.Classification;

namespace Pipeline.Cli.Verifying;

/// <summary>
/// Feeds pictures in many ways. First every meaning of the values with two ways of resizing, on some of the pictures; then the best of those with every way of
/// resizing, on all.
/// </summary>
internal sealed class Trial
{
    private const int FirstPictures = 40;
    private const int MeaningsKept = 3;

    private readonly TrialModel _model;
    private readonly OwnManifest _own;
    private readonly ImmutableArray<LabelledPicture> _pictures;
    private readonly ImageDecoder _decoder = new(TimeProvider.System);
    private readonly Dictionary<string, string> _unreadable = new(StringComparer.Ordinal);

    public Trial(TrialModel model, OwnManifest own, ImmutableArray<LabelledPicture> pictures)
    {
        _model = model;
        _own = own;
        _pictures = pictures;
    }

    /// <summary>Pictures that could not be read, each with the reason.</summary>
    public IReadOnlyDictionary<string, string> Unreadable => _unreadable;

    /// <summary>How often a picture is fed in all ways of one of the two parts.</summary>
    public int Steps => Math.Min(FirstPictures, _pictures.Length) + _pictures.Length;

    /// <param name="done">Is called after each of <see cref="Steps"/>.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public TrialResult Run(Action done, CancellationToken cancellationToken)
    {
        var own = Candidate.Of(_own.Json, CandidatePart.Of("own values"), CandidatePart.Of("own resizing"));
        var preprocessor = _model.Preprocess(own.Manifest);
        ImmutableArray<CandidatePart> resizing = [own.Resizing, .. CandidateParts.Resizing(preprocessor.Width, preprocessor.Height)];
        ImmutableArray<CandidatePart> values = [own.Values, .. CandidateParts.Values(_model.Input.DataType, own.Manifest.Input.Color)];
        var usual = resizing.Where(part => part == own.Resizing || part.Name is "stretch, tf-bilinear" or "cover, pil-bicubic");
        var first = Distinct(values.SelectMany(part => usual.Select(resize => Candidate.Of(_own.Json, part, resize))));
        var ofValues = Score(first, [.. _pictures.Take(FirstPictures)], done, cancellationToken);
        var kept = ofValues.OrderByDescending(score => score.MeanLogLikelihood).Select(score => score.Candidate.Values).Distinct().Take(MeaningsKept).ToList();
        var second = Distinct([own, .. kept.SelectMany(part => resizing.Select(resize => Candidate.Of(_own.Json, part, resize)))]);
        var final = Score(second, _pictures, done, cancellationToken);
        var seen = final.Select(score => score.Candidate.Key).ToHashSet(StringComparer.Ordinal);
        return TrialResult.Of(final, [.. ofValues.Where(score => !seen.Contains(score.Candidate.Key))], _model.Labels.Length, _own.IsKnown);
    }

    /// <summary>Candidates that feed the same are one; one of the published ways has the better name.</summary>
    private static ImmutableArray<Candidate> Distinct(IEnumerable<Candidate> candidates) =>
        [.. candidates.GroupBy(candidate => candidate.Key, StringComparer.Ordinal).Select(group => group.Last())];

    private ImmutableArray<CandidateScore> Score(
        ImmutableArray<Candidate> candidates, ImmutableArray<LabelledPicture> pictures, Action done, CancellationToken cancellationToken)
    {
        ImmutableArray<CandidateScore> scores = [.. candidates.Select(candidate => new CandidateScore(candidate))];
        ImmutableArray<Preprocessor> preprocessors = [.. candidates.Select(candidate => _model.Preprocess(candidate.Manifest))];
        var decoding = preprocessors.Select(preprocessor => preprocessor.DecodeOptions).Distinct().ToList();
        foreach (var picture in pictures)
        {
            if (!_unreadable.ContainsKey(picture.File) && Decode(picture, decoding, cancellationToken) is { } images)
            {
                foreach (var (score, found) in scores.Zip(Run(preprocessors, images, cancellationToken)))
                {
                    score.Add(found, picture);
                }
            }

            done();
        }

        return scores;
    }

    /// <summary>One picture in all ways, on all processors: each takes every n-th candidate.</summary>
    private double[]?[] Run(ImmutableArray<Preprocessor> preprocessors, Dictionary<DecodeOptions, PixelBuffer<byte>> images, CancellationToken cancellationToken)
    {
        var found = new double[]?[preprocessors.Length];
        var workers = Math.Min(Environment.ProcessorCount, preprocessors.Length);
        Task[] tasks =
        [
            .. Enumerable.Range(0, workers).Select(worker => Task.Run(
                () =>
                {
                    for (var at = worker; at < found.Length; at += workers)
                    {
                        found[at] = _model.Scores(preprocessors[at], images[preprocessors[at].DecodeOptions], cancellationToken);
                    }
                },
                cancellationToken)),
        ];
        Task.WhenAll(tasks).GetAwaiter().GetResult();
        return found;
    }

    private Dictionary<DecodeOptions, PixelBuffer<byte>>? Decode(LabelledPicture picture, List<DecodeOptions> decoding, CancellationToken cancellationToken)
    {
        try
        {
            var limit = new ClassificationOptions().MaxBytes;
            var length = new FileInfo(picture.File).Length;
            if (length > limit)
            {
                _unreadable[picture.File] = $"it has {length} bytes, at most {limit} are read";
                return null;
            }

            var content = File.ReadAllBytes(picture.File);
            return decoding.ToDictionary(options => options, options => _decoder.Decode(content, new ClassificationOptions().Decoding, options, cancellationToken));
        }
        catch (Exception error) when (error is ImageException or IOException or UnauthorizedAccessException)
        {
            _unreadable[picture.File] = error.Message;
            return null;
        }
    }
}
