using Pipeline.Firebase.Firestore;

namespace Pipeline.Firebase.Tests.Firestore;

public sealed class FirestoreOptionsTests
{
    [Theory]
    [InlineData("my-app-1234", "(default)", null)]
    [InlineData("example.com:my-app", "my-database", "127.0.0.1:8085")]
    [InlineData("demo-p", "0f3c2f6e-0001-4000-8000-000000000000", "[::1]:8085")]
    [InlineData("123456789012", "(default)", "localhost:80")]
    public void Validate_GoodOptions_FindsNothing(string project, string database, string? emulator) =>
        Assert.Empty(new FirestoreOptions(project) { Database = database, EmulatorHost = emulator }.Validate());

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("../x")]
    [InlineData("my app")]
    [InlineData("grün")]
    [InlineData("a?b")]
    public void Validate_ProjectThatIsNone_SaysSo(string project) =>
        Assert.StartsWith("Project is", Assert.Single(new FirestoreOptions(project).Validate()), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("default)")]
    [InlineData("(other)")]
    [InlineData("a/b")]
    [InlineData("a:b")]
    public void Validate_DatabaseThatIsNone_SaysSo(string database) =>
        Assert.StartsWith("Database is", Assert.Single(new FirestoreOptions("p") { Database = database }.Validate()), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("127.0.0.1")]
    [InlineData("http://127.0.0.1:8085")]
    [InlineData("127.0.0.1:8085/")]
    [InlineData("127.0.0.1:99999")]
    [InlineData("127.0.0.1:0")]
    [InlineData("user@host:80")]
    [InlineData(":8085")]
    [InlineData("a b:80")]
    public void Validate_EmulatorThatIsNoHostAndPort_SaysSo(string host) =>
        Assert.StartsWith("EmulatorHost is", Assert.Single(new FirestoreOptions("p") { EmulatorHost = host }.Validate()), StringComparison.Ordinal);

    [Fact]
    public void Validate_EverythingWrong_SaysAllAtOnce() => Assert.Equal(8, new FirestoreOptions("/")
    {
        Database = "/",
        EmulatorHost = "/",
        ConnectTimeout = TimeSpan.Zero,
        RequestTimeout = TimeSpan.FromHours(1),
        TotalTimeout = TimeSpan.FromHours(1),
        RetryDelay = TimeSpan.Zero,
        MaxAnswerBytes = 0,
    }.Validate().Count());
}
