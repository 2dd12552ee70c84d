using Pipeline.Worker.Classification;
using Pipeline.Worker.Retries;

namespace Pipeline.Functions.Tests.Support;

/// <summary>A classifier that answers what the test says, and keeps what it was asked.</summary>
internal sealed class ScriptedClassifier : IImageClassifier
{
    private readonly List<ClassificationRequest> _requests = [];

    public bool IsReady { get; set; } = true;

    public FailureCode? Failure { get; set; }

    /// <summary>Waited for by each classification.</summary>
    public Func<CancellationToken, Task> Work { get; set; } = _ => Task.CompletedTask;

    public int WarmUps { get; private set; }

    public IReadOnlyList<ClassificationRequest> Requests
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    public Task<bool> WaitUntilReadyAsync(string? model, CancellationToken cancellationToken) => Task.FromResult(IsReady);

    public async Task<ImageClassification> ClassifyAsync(ClassificationRequest request, CancellationToken cancellationToken)
    {
        lock (_requests)
        {
            _requests.Add(request);
        }

        await Work(cancellationToken);
        return Failure is null
            ? new ImageClassification(
                "tulip",
                0.75,
                [new LabelScore("tulip", 0.75, 3), new LabelScore("rose", 0.25, 1)],
                new ModelIdentity(request.Model ?? "flowers", "7", new string('a', 64), "saved_model", null),
                new ImageFacts("jpeg", 640, 480, request.Content.Length, 6),
                new ClassificationTimings(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(2), TimeSpan.FromMilliseconds(3), Cold: false))
            : throw new ClassificationException(Failure, $"As scripted: {Failure}.");
    }

    public Task WarmUpAsync(CancellationToken cancellationToken)
    {
        WarmUps++;
        return IsReady ? Task.CompletedTask : throw new ClassificationException(FailureCode.ModelNotReady, "The model is being loaded.");
    }
}
