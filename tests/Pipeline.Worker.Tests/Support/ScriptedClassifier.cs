using System.Collections.Immutable;
using Pipeline.Worker.Classification;
using Pipeline.Worker.Retries;

namespace Pipeline.Worker.Tests.Support;

/// <summary>A classifier that answers as told.</summary>
internal sealed class ScriptedClassifier : IImageClassifier
{
    public static ImageClassification Tulip { get; } = new(
        "tulip",
        0.9,
        [new LabelScore("tulip", 0.9, 3), new LabelScore("rose", 0.1, 1)],
        new ModelIdentity("flowers", "3", new string('a', 64), "saved_model", null),
        new ImageFacts("png", 20, 10, 123, 1),
        new ClassificationTimings(TimeSpan.FromMilliseconds(3), TimeSpan.FromMilliseconds(2), TimeSpan.FromMilliseconds(7.25), false));

    private readonly List<ClassificationRequest> _requests = [];

    /// <summary>Whether models are ready.</summary>
    public bool IsReady { get; set; } = true;

    /// <summary>What a request is answered. Default: a tulip.</summary>
    public Func<ClassificationRequest, CancellationToken, Task<ImageClassification>> Answer { get; set; } = static (_, _) => Task.FromResult(Tulip);

    /// <summary>What warming up does.</summary>
    public Func<Task> WarmUp { get; set; } = static () => Task.CompletedTask;

    public ImmutableArray<ClassificationRequest> Requests => [.. _requests];

    public int WarmUps { get; private set; }

    /// <summary>Forgets the requests and answers anew.</summary>
    public void Reset(Func<ClassificationRequest, CancellationToken, Task<ImageClassification>> answer)
    {
        _requests.Clear();
        Answer = answer;
    }

    public void Fail(FailureCode code, ImageFacts? image = null) =>
        Answer = (_, _) => throw new ClassificationException(code, $"It is {code}.", image);

    public Task<bool> WaitUntilReadyAsync(string? model, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(IsReady);
    }

    public Task<ImageClassification> ClassifyAsync(ClassificationRequest request, CancellationToken cancellationToken)
    {
        lock (_requests)
        {
            _requests.Add(request);
        }

        return Answer(request, cancellationToken);
    }

    public Task WarmUpAsync(CancellationToken cancellationToken)
    {
        WarmUps++;
        return WarmUp();
    }
}
