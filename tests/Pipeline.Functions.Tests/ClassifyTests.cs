using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Pipeline.Functions.Tests.Support;
using Pipeline.Worker.Retries;

namespace Pipeline.Functions.Tests;

public sealed class ClassifyTests
{
    private static readonly byte[] Picture = [0xFF, 0xD8, 0xFF, 0xFB, 0xFE, 1, 2, 3];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> GoodData =>
    [
        $"\"{Convert.ToBase64String(Picture)}\"",
        $$"""{"image":"{{Convert.ToBase64String(Picture)}}"}""",
        $$"""{"image":"{{Convert.ToBase64String(Picture).TrimEnd('=')}}"}""",
        $$"""{"image":"{{Convert.ToBase64String(Picture).Replace('+', '-').Replace('/', '_').TrimEnd('=')}}","model":null}""",
        $$"""{"image":"data:image/jpeg;base64,{{Convert.ToBase64String(Picture)}}"}""",
    ];

    [Theory]
    [MemberData(nameof(GoodData))]
    public async Task Callable_Picture_IsClassified(string data)
    {
        await using var function = await RunningFunction.StartAsync<Classify>();

        using var response = await CallAsync(function, $$"""{"data":{{data}}}""");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var result = (await ReadAsync(response)).GetProperty("result");
        Assert.Equal("tulip", result.GetProperty("label").GetString());
        Assert.Equal(0.75, result.GetProperty("score").GetDouble());
        Assert.Equal(["tulip", "rose"], result.GetProperty("labels").EnumerateArray().Select(label => label.GetProperty("label").GetString()));
        Assert.Equal("flowers", result.GetProperty("model").GetProperty("name").GetString());
        Assert.Equal(640, result.GetProperty("image").GetProperty("width").GetInt32());
        Assert.Equal(Picture, Assert.Single(function.Classifier.Requests).Content.ToArray());
    }

    [Fact]
    public async Task Callable_Model_IsAskedFor()
    {
        await using var function = await RunningFunction.StartAsync<Classify>();

        using var response = await CallAsync(function, """{"data":{"image":"AAAA","model":"birds"}}""");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("birds", Assert.Single(function.Classifier.Requests).Model);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"date":"AAAA"}""")]
    [InlineData("""{"data":"AAAA","extra":1}""")]
    [InlineData("""{"data":"AAAA","data":"AAAA"}""")]
    [InlineData("""{"data":null}""")]
    [InlineData("""{"data":7}""")]
    [InlineData("""{"data":[]}""")]
    [InlineData("""{"data":""}""")]
    [InlineData("""{"data":{}}""")]
    [InlineData("""{"data":{"image":7}}""")]
    [InlineData("""{"data":{"image":"?"}}""")]
    [InlineData("""{"data":{"image":"A"}}""")]
    [InlineData("""{"data":{"image":"data:image/png,AAAA"}}""")]
    [InlineData("""{"data":{"image":"AAAA","model":7}}""")]
    [InlineData("""{"data":{"image":"AAAA","modle":"x"}}""")]
    [InlineData("""{"data":{"@type":"type.googleapis.com/google.protobuf.Int64Value","value":"1"}}""")]
    public async Task Callable_Malformed_IsInvalidArgument(string body)
    {
        await using var function = await RunningFunction.StartAsync<Classify>();

        using var response = await CallAsync(function, body);

        await AssertErrorAsync(response, 400, "INVALID_ARGUMENT");
        Assert.Empty(function.Classifier.Requests);
    }

    [Fact]
    public async Task Callable_ManyLevels_IsInvalidArgument()
    {
        await using var function = await RunningFunction.StartAsync<Classify>();

        using var response = await CallAsync(function, $$"""{"data":{{new string('[', 500_000)}}}""");

        await AssertErrorAsync(response, 400, "INVALID_ARGUMENT");
    }

    public static TheoryData<string, int, string> Failures => new()
    {
        { "NOT_AN_IMAGE", 400, "INVALID_ARGUMENT" }, { "DAMAGED_IMAGE", 400, "INVALID_ARGUMENT" }, { "TOO_LARGE", 400, "INVALID_ARGUMENT" },
        { "UNSUPPORTED_FORMAT", 400, "INVALID_ARGUMENT" }, { "MODEL_NOT_FOUND", 404, "NOT_FOUND" }, { "MODEL_INVALID", 503, "UNAVAILABLE" },
        { "MODEL_NOT_READY", 503, "UNAVAILABLE" }, { "OUT_OF_MEMORY", 503, "UNAVAILABLE" }, { "CLASSIFICATION_TIMED_OUT", 504, "DEADLINE_EXCEEDED" },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Callable_NotClassified_IsItsErrorWithTheCode(string code, int statusCode, string status)
    {
        await using var function = await RunningFunction.StartAsync<Classify>();
        function.Classifier.Failure = Code(code);

        using var response = await CallAsync(function, """{"data":"AAAA"}""");

        var error = await AssertErrorAsync(response, statusCode, status);
        Assert.Equal(code, error.GetProperty("details").GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("TOO_LARGE", 413)]
    [InlineData("UNSUPPORTED_FORMAT", 415)]
    [InlineData("NOT_AN_IMAGE", 400)]
    public async Task Plain_NotClassified_UsesHttpsOwnWords(string code, int statusCode)
    {
        await using var function = await RunningFunction.StartAsync<Classify>();
        function.Classifier.Failure = Code(code);

        using var response = await PlainAsync(function, "image/jpeg", Picture);

        await AssertErrorAsync(response, statusCode, "INVALID_ARGUMENT");
    }

    [Theory]
    [InlineData("image/jpeg")]
    [InlineData("image/png")]
    [InlineData("Image/WebP; q=1")]
    [InlineData("application/octet-stream")]
    public async Task Plain_Picture_IsClassified(string contentType)
    {
        await using var function = await RunningFunction.StartAsync<Classify>();

        using var response = await PlainAsync(function, contentType, Picture, "/?model=birds");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("tulip", (await ReadAsync(response)).GetProperty("label").GetString());
        var request = Assert.Single(function.Classifier.Requests);
        Assert.Equal(Picture, request.Content.ToArray());
        Assert.Equal("birds", request.Model);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("multipart/form-data; boundary=x")]
    public async Task Body_OfOtherType_Is415(string contentType)
    {
        await using var function = await RunningFunction.StartAsync<Classify>();

        using var response = await PlainAsync(function, contentType, Picture);

        await AssertErrorAsync(response, 415, "INVALID_ARGUMENT");
    }

    [Fact]
    public async Task Body_TooLarge_Is413()
    {
        await using var function = await RunningFunction.StartAsync<Classify>(new() { ["Pipeline:Limits:MaxBytes"] = "100" });

        using var plain = await PlainAsync(function, "image/png", new byte[101]);
        using var callable = await CallAsync(function, $$"""{"data":"{{new string('A', 70_000)}}"}""");

        await AssertErrorAsync(plain, 413, "INVALID_ARGUMENT");
        await AssertErrorAsync(callable, 413, "INVALID_ARGUMENT");
    }

    [Fact]
    public async Task Body_Empty_Is400()
    {
        await using var function = await RunningFunction.StartAsync<Classify>();

        using var response = await PlainAsync(function, "image/png", []);

        await AssertErrorAsync(response, 400, "INVALID_ARGUMENT");
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    public async Task Method_Other_Is405(string method)
    {
        await using var function = await RunningFunction.StartAsync<Classify>();

        using var response = await function.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), "/"), Cancellation);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(["POST"], response.Content.Headers.Allow);
    }

    [Fact]
    public async Task Caller_WithATokenThatCannotBeVerified_Is401BeforeAnythingElse()
    {
        await using var function = await RunningFunction.StartAsync<Classify>();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent("{", Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "eyJhbGciOiJub25lIn0.e30.");

        using var response = await function.Client.SendAsync(request, Cancellation);

        await AssertErrorAsync(response, 401, "UNAUTHENTICATED");
    }

    [Fact]
    public async Task Model_NotReady_IsUnavailable()
    {
        await using var function = await RunningFunction.StartAsync<Classify>();
        function.Classifier.IsReady = false;

        using var response = await CallAsync(function, """{"data":"AAAA"}""");

        await AssertErrorAsync(response, 503, "UNAVAILABLE");
        Assert.NotEmpty(response.Headers.GetValues("Retry-After"));
    }

    [Fact]
    public async Task Classifier_Throws_IsInternalAndSaysNoMore()
    {
        await using var function = await RunningFunction.StartAsync<Classify>();
        function.Classifier.Work = _ => throw new InvalidOperationException("secret");

        using var response = await CallAsync(function, """{"data":"AAAA"}""");

        var error = await AssertErrorAsync(response, 500, "INTERNAL");
        Assert.Equal("INTERNAL", error.GetProperty("message").GetString());
    }

    [Fact]
    public async Task Browser_PreflightAndCall_AreAllowed()
    {
        await using var function = await RunningFunction.StartAsync<Classify>();
        using var question = new HttpRequestMessage(HttpMethod.Options, "/");
        question.Headers.Add("Origin", "https://app.example");
        question.Headers.Add("Access-Control-Request-Method", "POST");
        question.Headers.Add("Access-Control-Request-Headers", "authorization,content-type");
        using var call = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
        call.Headers.Add("Origin", "https://app.example");

        using var allowed = await function.Client.SendAsync(question, Cancellation);
        using var called = await function.Client.SendAsync(call, Cancellation);

        Assert.Equal(HttpStatusCode.NoContent, allowed.StatusCode);
        Assert.Equal("https://app.example", allowed.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal("authorization,content-type", allowed.Headers.GetValues("Access-Control-Allow-Headers").Single());
        Assert.Equal("https://app.example", called.Headers.GetValues("Access-Control-Allow-Origin").Single());
    }

    [Theory]
    [InlineData("""{"data":"AAAA"}""", "result")]
    [InlineData("""{}""", "error")]
    public async Task Client_ThatWantsAStream_GetsOneEvent(string body, string member)
    {
        await using var function = await RunningFunction.StartAsync<Classify>();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));

        using var response = await function.Client.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.StartsWith("data: {", text, StringComparison.Ordinal);
        Assert.EndsWith("}\n\n", text, StringComparison.Ordinal);
        Assert.True(JsonElement.Parse(text["data: ".Length..]).TryGetProperty(member, out _));
    }

    private static FailureCode Code(string name) =>
        (FailureCode)typeof(FailureCode).GetProperties(System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.Public)
            .Select(property => property.GetValue(null)!).First(code => ((FailureCode)code).Name == name);

    private static Task<HttpResponseMessage> CallAsync(RunningFunction function, string body) =>
        function.Client.PostAsync("/", new StringContent(body, Encoding.UTF8, "application/json"), Cancellation);

    private static Task<HttpResponseMessage> PlainAsync(RunningFunction function, string contentType, byte[] body, string path = "/")
    {
        var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return function.Client.PostAsync(path, content, Cancellation);
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response) =>
        JsonElement.Parse(await response.Content.ReadAsStringAsync(Cancellation));

    private static async Task<JsonElement> AssertErrorAsync(HttpResponseMessage response, int statusCode, string status)
    {
        Assert.Equal(statusCode, (int)response.StatusCode);
        var error = (await ReadAsync(response)).GetProperty("error");
        Assert.Equal(status, error.GetProperty("status").GetString());
        Assert.NotEmpty(error.GetProperty("message").GetString()!);
        return error;
    }
}
