using System.Buffers.Binary;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Pipeline.Imaging.Decoding;
using Pipeline.Inference.Execution;
using Pipeline.Models.Package;
using Pipeline.Worker.Classification;
using Pipeline.Worker.ModelStore;
using Pipeline.Worker.Retries;
using Pipeline.Worker.Tests.Classification.Support;
using Pipeline.Worker.Tests.ModelStore.Support;

namespace Pipeline.Worker.Tests.Classification;

public sealed class ImageClassifierTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<IAsyncDisposable> _registries = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var registry in _registries)
        {
            await registry.DisposeAsync();
        }
    }

    [Fact]
    public async Task ClassifyAsync_Photo_SaysEverythingOfModelAndImage()
    {
        var file = Samples.Photo("coffee_orientation6.jpg");
        using var classifier = Classifier(new StubModel());

        var result = await classifier.ClassifyAsync(Request(file), Cancel);

        Assert.Equal(("cat", 0.75), (result.Label, result.Score));
        Assert.Equal([new LabelScore("cat", 0.75, 3), new LabelScore("dog", 0.25, 1)], result.Labels);
        Assert.Equal(new ModelIdentity("stub", "7", new string('a', 64), "saved_model", null), result.Model);
        Assert.Equal(("jpeg", (long)file.Length, 6), (result.Image.Format, result.Image.Bytes, result.Image.Orientation));
        Assert.Equal((1.0, 2.0, 3.0), (result.Timings.Decode.TotalMilliseconds, result.Timings.Preprocess.TotalMilliseconds, result.Timings.Inference.TotalMilliseconds));
        Assert.True(result.Timings.Cold);
        Assert.False((await classifier.ClassifyAsync(Request(file), Cancel)).Timings.Cold);
    }

    [Fact]
    public async Task ClassifyAsync_NothingOverItsThreshold_HasNoLabel()
    {
        using var classifier = Classifier(new StubModel { Answer = _ => new Ranking(null, null, []) });

        var result = await classifier.ClassifyAsync(Request(), Cancel);

        Assert.Equal((null, null), (result.Label, result.Score));
    }

    public static TheoryData<byte[], string> BadFiles { get; } = new()
    {
        { "just a text in a file named .jpg"u8.ToArray(), "NOT_AN_IMAGE" },
        { [], "NOT_AN_IMAGE" },
        { [0, 0, 0, 24, .. "ftypheic"u8, 0, 0, 0, 0, .. "mif1heic"u8], "UNSUPPORTED_FORMAT" },
        { PngHeader(60_000, 60_000), "TOO_MANY_PIXELS" },
        { PngHeader(20_000, 10), "TOO_MANY_PIXELS" },
        { [0xFF, 0xD8, 0xFF], "DAMAGED_IMAGE" },
    };

    [Theory]
    [MemberData(nameof(BadFiles))]
    public async Task ClassifyAsync_FileThatIsNoPicture_IsPermanentBeforeTheModelIsAsked(byte[] file, string code)
    {
        var loader = new StubLoader(new StubModel());
        using var classifier = Classifier(loader);

        var error = await Assert.ThrowsAsync<ClassificationException>(() => classifier.ClassifyAsync(Request(file), Cancel));

        Assert.Equal((code, FailureKind.Permanent), (error.Code.Name, error.Code.Kind));
        Assert.Empty(loader.Loaded);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public async Task ClassifyAsync_FileOverTheLimit_IsRefusedUnread()
    {
        using var classifier = Classifier(new StubLoader(new StubModel()), new ClassificationOptions { MaxBytes = 1000 });

        var error = await Assert.ThrowsAsync<ClassificationException>(() => classifier.ClassifyAsync(Request(new byte[1001]), Cancel));

        Assert.Equal(FailureCode.TooLarge, error.Code);
        Assert.Contains("1001 bytes, allowed are 1000", error.Message, StringComparison.Ordinal);
    }

    public static TheoryData<Exception, string> Failures { get; } = new()
    {
        { new NonFiniteScoresException("scores", 3, double.NaN), "NON_FINITE_SCORES" },
        { new InsufficientMemoryException(), "OUT_OF_MEMORY" },
        { new MemoryLimitExceededException("/a/b", 3, 2), "MODEL_INVALID" },
        { new InvalidLabelsException("/models/labels.txt", "wrong"), "MODEL_INVALID" },
        { new InvalidImageException(ImageFormat.Jpeg, "it ends early"), "DAMAGED_IMAGE" },
        { new ImageLimitException(ImageLimit.Time, 11_000, 10_000), "CLASSIFICATION_TIMED_OUT" },
        { new ImageLimitException(ImageLimit.Memory, 2, 1), "TOO_MANY_PIXELS" },
        { new ImageLimitException(ImageLimit.Scans, 2, 1), "UNSUPPORTED_FORMAT" },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task ClassifyAsync_Failure_IsClassedWithoutPaths(Exception failure, string code)
    {
        using var classifier = Classifier(new StubModel { Answer = _ => throw failure });

        var error = await Assert.ThrowsAsync<ClassificationException>(() => classifier.ClassifyAsync(Request(), Cancel));

        Assert.Equal(code, error.Code.Name);
        Assert.DoesNotContain('/', error.Message);
        Assert.Equal(failure is ImageException, error.Image is null);
    }

    [Fact]
    public async Task ClassifyAsync_FaultOfThisCode_IsNotDressedUp()
    {
        using var classifier = Classifier(new StubModel { Answer = _ => throw new InvalidOperationException("a fault") });

        await Assert.ThrowsAsync<InvalidOperationException>(() => classifier.ClassifyAsync(Request(), Cancel));
    }

    [Fact]
    public async Task ClassifyAsync_ModelThatIsRefused_IsAConfigurationFailureWithTheImage()
    {
        using var classifier = Classifier(new StubLoader((_, _, _) => throw new InvalidDataException("/secret/path")));

        var error = await Assert.ThrowsAsync<ClassificationException>(() => classifier.ClassifyAsync(Request(), Cancel));

        Assert.Equal((FailureCode.ModelInvalid, FailureKind.Configuration), (error.Code, error.Code.Kind));
        Assert.Equal("jpeg", error.Image!.Format);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ClassifyAsync_LongerThanItsTime_IsTransientAndFreesItsTurn()
    {
        using var hasBegun = new ManualResetEventSlim();
        var isFirst = true;
        var model = new StubModel
        {
            Answer = token =>
            {
                if (isFirst)
                {
                    isFirst = false;
                    hasBegun.Set();
                    token.WaitHandle.WaitOne();
                    token.ThrowIfCancellationRequested();
                }

                return new Ranking(null, null, []);
            },
        };
        using var classifier = Classifier(new StubLoader(model), new ClassificationOptions { MaxConcurrency = 1 });

        var slow = classifier.ClassifyAsync(Request(), Cancel);
        hasBegun.Wait(Cancel);
        _time.Advance(TimeSpan.FromSeconds(60));
        var error = await Assert.ThrowsAsync<ClassificationException>(() => slow);

        Assert.Equal((FailureCode.ClassificationTimedOut, FailureKind.Transient), (error.Code, error.Code.Kind));
        Assert.NotNull(await classifier.ClassifyAsync(Request(), Cancel));
    }

    [Fact]
    public async Task ClassifyAsync_CancelledByTheCaller_IsCancelled()
    {
        using var cancel = new CancellationTokenSource();
        using var hasBegun = new ManualResetEventSlim();
        using var classifier = Classifier(new StubModel
        {
            Answer = token =>
            {
                hasBegun.Set();
                token.WaitHandle.WaitOne();
                throw new OperationCanceledException(token);
            },
        });

        var running = classifier.ClassifyAsync(Request(), cancel.Token);
        hasBegun.Wait(Cancel);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task ClassifyAsync_MoreThanTheConcurrency_WaitTheirTurn()
    {
        using var mayGoOn = new SemaphoreSlim(0);
        var model = new StubModel
        {
            Answer = token =>
            {
                mayGoOn.Wait(token);
                return new Ranking(null, null, []);
            },
        };
        using var classifier = Classifier(new StubLoader(model), new ClassificationOptions { MaxConcurrency = 2 });

        var all = Enumerable.Range(0, 6).Select(_ => classifier.ClassifyAsync(Request(), Cancel)).ToList();
        mayGoOn.Release(6);
        await Task.WhenAll(all);

        Assert.InRange(model.MostRunning, 1, 2);
    }

    [Fact]
    public async Task WaitUntilReadyAsync_ReadyMissingOrRefused_IsTrue()
    {
        using var ready = Classifier(new StubModel());
        using var refused = Classifier(new StubLoader((_, _, _) => throw new InvalidDataException()));

        Assert.True(await ready.WaitUntilReadyAsync(null, Cancel));
        Assert.True(await ready.WaitUntilReadyAsync("another", Cancel));
        Assert.True(await refused.WaitUntilReadyAsync(null, Cancel));
    }

    [Fact]
    public async Task WaitUntilReadyAsync_StillLoadingAtTheBound_IsFalse()
    {
        using var mayLoad = new ManualResetEventSlim();
        using var classifier = Classifier(new StubLoader((_, _, token) =>
        {
            mayLoad.Wait(token);
            return new StubModel();
        }));

        var waiting = classifier.WaitUntilReadyAsync(null, Cancel);
        _time.Advance(TimeSpan.FromSeconds(20));

        Assert.False(await waiting);
        mayLoad.Set();
    }

    [Fact]
    public async Task WarmUpAsync_OneModelThatFails_WarmsTheOthersAndSaysSo()
    {
        var model = new StubModel();
        var loader = new StubLoader((source, _, _) => source.Name == "bad" ? throw new InvalidDataException() : model);
        using var classifier = Classifier(loader, new ClassificationOptions(), "bad", "good");

        var error = await Assert.ThrowsAsync<ClassificationException>(() => classifier.WarmUpAsync(Cancel));

        Assert.Equal(FailureCode.ModelInvalid, error.Code);
        Assert.Equal(1, model.WarmUps);
        await Assert.ThrowsAsync<ClassificationException>(() => classifier.WarmUpAsync(Cancel));
        Assert.Equal(2, model.WarmUps);
    }

    [Fact]
    public async Task WarmUpAsync_ModelThatIsNotRequiredFails_IsNoFailure()
    {
        var model = new StubModel();
        var loader = new StubLoader((source, _, _) => source.Name == "extra" ? throw new InvalidDataException() : model);
        ModelSource[] sources = [new ModelSource("extra", "/models", IsRequired: false), new ModelSource("main", "/models")];
        using var classifier = Classifier(loader, new ClassificationOptions(), sources);

        await classifier.WarmUpAsync(Cancel);

        Assert.Equal(1, model.WarmUps);
    }

    [Fact]
    public void Validate_OptionsOutOfRange_SaysEverythingAtOnce()
    {
        var options = new ClassificationOptions
        {
            MaxBytes = 0, MaxConcurrency = 0, MaxTime = TimeSpan.Zero, Decoding = new DecodeLimits { MaxPixels = 0 },
        };

        Assert.Equal(["MaxBytes", "MaxConcurrency", "MaxTime", "Decoding:MaxPixels"], options.Validate().Select(error => error.Key));
        Assert.Empty(new ClassificationOptions().Validate());
    }

    private static ClassificationRequest Request(byte[]? file = null) => new(file ?? Samples.Photo("clock.jpg"), null, null);

    private static byte[] PngHeader(int width, int height)
    {
        byte[] file = [0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n', 0, 0, 0, 13, .. "IHDR"u8, 0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(20), height);
        BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(29), Crc32(file.AsSpan(12, 17)));
        return [.. file, 0, 0, 0, 0, .. "IDAT"u8, 0x35, 0xAF, 0x06, 0x1E, 0, 0, 0, 0, .. "IEND"u8, 0xAE, 0x42, 0x60, 0x82];
    }

    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
            }
        }

        return ~crc;
    }

    private ImageClassifier Classifier(StubModel model) => Classifier(new StubLoader(model));

    private ImageClassifier Classifier(StubLoader loader) => Classifier(loader, new ClassificationOptions());

    private ImageClassifier Classifier(StubLoader loader, ClassificationOptions options, params string[] names) =>
        Classifier(loader, options, [.. (names.Length == 0 ? ["stub"] : names).Select(name => new ModelSource(name, "/models"))]);

    private ImageClassifier Classifier(StubLoader loader, ClassificationOptions options, IReadOnlyList<ModelSource> sources)
    {
        var registry = new ModelRegistry(new ModelStoreOptions { Models = sources }, loader, _time, NullLogger<ModelRegistry>.Instance);
        _registries.Add(registry);
        return new ImageClassifier(registry, options, _time, NullLogger<ImageClassifier>.Instance);
    }
}
