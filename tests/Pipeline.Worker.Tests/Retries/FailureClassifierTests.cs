using Pipeline.Worker.Classification;
using Pipeline.Worker.Retries;
using Pipeline.Worker.Uploads;

namespace Pipeline.Worker.Tests.Retries;

public sealed class FailureClassifierTests
{
    [Theory]
    [InlineData(ObjectStoreError.TooLarge, "TOO_LARGE", FailureKind.Permanent)]
    [InlineData(ObjectStoreError.PermissionDenied, "OBJECT_DENIED", FailureKind.Configuration)]
    [InlineData(ObjectStoreError.Unavailable, "OBJECT_UNAVAILABLE", FailureKind.Transient)]
    [InlineData(ObjectStoreError.ChecksumMismatch, "CHECKSUM_MISMATCH", FailureKind.Transient)]
    public void Classify_ObjectStore_IsClassedByItsError(ObjectStoreError error, string code, FailureKind kind)
    {
        var failure = FailureClassifier.Classify(new ObjectStoreException(error, "bucket", "users/secret", "a token"));

        Assert.Equal((code, kind), (failure.Code.Name, failure.Kind));
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Classify_Classification_KeepsCodeMessageAndImage()
    {
        var image = new ImageFacts("png", 1, 2, 3, 4);

        var failure = FailureClassifier.Classify(new ClassificationException(FailureCode.DamagedImage, "It ends early.", image));

        Assert.Equal(new Failure(FailureCode.DamagedImage, "It ends early.", image), failure);
    }

    [Fact]
    public void Classify_MessageWithControlsOrTooLong_IsMadePrintable()
    {
        var failure = FailureClassifier.Classify(new ClassificationException(FailureCode.DamagedImage, "a\r\nb\u001B\uD800" + new string('x', 1000)));

        Assert.StartsWith("abx", failure.Message, StringComparison.Ordinal);
        Assert.Equal(Failure.MaxMessage, failure.Message.Length);
    }

    [Theory]
    [InlineData(typeof(OutOfMemoryException), "OUT_OF_MEMORY")]
    [InlineData(typeof(InsufficientExecutionStackException), "OUT_OF_MEMORY")]
    [InlineData(typeof(InvalidOperationException), "INTERNAL")]
    [InlineData(typeof(OperationCanceledException), "INTERNAL")]
    public void Classify_Others_AreTransient(Type type, string code)
    {
        var failure = FailureClassifier.Classify((Exception)Activator.CreateInstance(type)!);

        Assert.Equal((code, FailureKind.Transient), (failure.Code.Name, failure.Kind));
    }

    [Fact]
    public void Codes_AllOfThem_AreUpperSnakeCaseAndDistinct()
    {
        var codes = typeof(FailureCode).GetProperties(System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.Public)
            .Select(static property => ((FailureCode)property.GetValue(null)!).Name)
            .ToArray();

        Assert.True(codes.Length >= 20);
        Assert.Distinct(codes);
        Assert.All(codes, static code => Assert.Matches("^[A-Z][A-Z_]*[A-Z]$", code));
    }
}
