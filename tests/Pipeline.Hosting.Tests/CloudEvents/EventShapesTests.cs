using System.Net;
using System.Text;
using System.Text.Json;
using Google.Events.Protobuf.Cloud.Storage.V1;
using Pipeline.Hosting.Tests.Support;

namespace Pipeline.Hosting.Tests.CloudEvents;

/// <summary>What is an event and what is not, and what each is answered.</summary>
public sealed class EventShapesTests
{
    private const string StructuredJson =
        """{"specversion":"1.0","id":"1","type":"t","source":"//s","time":"2020-09-29T11:32:00.123Z","data":{"a":1}}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("POST")]
    public async Task Binary_EveryMethodWithABody_IsAccepted(string method)
    {
        var request = EventRequests.Binary(path: "/some/path?x=y");
        request.Method = new HttpMethod(method);

        await AssertAcceptedAsync(request);
    }

    [Theory]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    [InlineData("OPTIONS")]
    [InlineData("HEAD")]
    public async Task Binary_OtherMethod_Is405(string method)
    {
        var request = EventRequests.Binary();
        request.Method = new HttpMethod(method);

        await AssertRefusedAsync(HttpStatusCode.MethodNotAllowed, request);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/JSON;charset=\"UTF-8\"")]
    [InlineData("application/vnd.api+json")]
    [InlineData("application/octet-stream")]
    [InlineData("text/plain; charset=utf-8")]
    [InlineData("image/png")]
    public async Task Binary_AnyDataType_IsAccepted(string contentType) => await AssertAcceptedAsync(EventRequests.Binary(contentType: contentType));

    [Fact]
    public async Task Binary_NoContentTypeAndNoBody_IsAcceptedWithoutData()
    {
        var received = await AssertAcceptedAsync(EventRequests.Binary(body: string.Empty, contentType: null));

        Assert.Null(received.Data);
        Assert.Null(received.DataContentType);
    }

    [Theory]
    [InlineData("application/cloudevents+json")]
    [InlineData("application/cloudevents+json; charset=utf-8")]
    [InlineData("Application/CloudEvents+JSON")]
    public async Task Structured_Valid_IsAccepted(string contentType)
    {
        var received = await AssertAcceptedAsync(EventRequests.Structured(StructuredJson, contentType));

        Assert.Equal(1, ((JsonElement)received.Data!).GetProperty("a").GetInt32());
    }

    [Fact]
    public async Task Structured_Base64Data_IsBytes()
    {
        var received = await AssertAcceptedAsync(EventRequests.Structured(
            """{"specversion":"1.0","id":"1","type":"t","source":"s","datacontenttype":"application/protobuf","data_base64":"CAE="}"""));

        Assert.Equal([8, 1], Assert.IsType<byte[]>(received.Data));
    }

    [Fact]
    public async Task Structured_TextData_IsText()
    {
        var received = await AssertAcceptedAsync(EventRequests.Structured(
            """{"specversion":"1.0","id":"1","type":"t","source":"s","datacontenttype":"text/plain","data":"grüße"}"""));

        Assert.Equal("grüße", received.Data);
    }

    [Fact]
    public async Task Legacy_WithCharset_IsAccepted()
    {
        var request = EventRequests.Post(
            Encoding.UTF8.GetBytes("""{"eventId":"7","eventType":"google.storage.object.finalize","resource":"projects/_/buckets/b/objects/n","data":{}}"""),
            "application/json; charset=utf-8");

        var received = await AssertAcceptedAsync(request);

        Assert.Equal("google.cloud.storage.object.v1.finalized", received.Type);
    }

    [Theory]
    [InlineData("ce-id")]
    [InlineData("ce-type")]
    [InlineData("ce-source")]
    public async Task Binary_RequiredAttributeMissing_Is400AndNamesIt(string header)
    {
        var reason = await AssertRefusedAsync(HttpStatusCode.BadRequest, EventRequests.Binary(change: headers => headers.Remove(header)));

        Assert.Contains(header[3..], reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ce-specversion", "9.9")]
    [InlineData("ce-specversion", "0.3")]
    [InlineData("ce-specversion", "")]
    [InlineData("ce-time", "yesterday")]
    [InlineData("ce-id", "")]
    [InlineData("ce-source", "")]
    [InlineData("ce-sub_ject", "x")]
    [InlineData("ce-", "x")]
    [InlineData("ce-subject", "%")]
    [InlineData("ce-subject", "%4")]
    [InlineData("ce-subject", "%zz")]
    [InlineData("ce-subject", "%ff")]
    [InlineData("ce-subject", "%ed%a0%80")]
    [InlineData("ce-subject", "%c0%af")]
    [InlineData("ce-subject", "a%0ab")]
    [InlineData("ce-subject", "\"open")]
    [InlineData("ce-dataschema", "http://[")]
    public async Task Binary_BadAttribute_Is400(string header, string value) =>
        await AssertRefusedAsync(HttpStatusCode.BadRequest, EventRequests.Binary(change: headers =>
        {
            headers.Remove(header);
            Assert.True(headers.TryAddWithoutValidation(header, value));
        }));

    [Fact]
    public async Task Binary_AttributeTwice_Is400() =>
        await AssertRefusedAsync(HttpStatusCode.BadRequest, EventRequests.Binary(change: headers => headers.Add("ce-id", "another")));

    [Theory]
    [InlineData("objects/a%20b", "objects/a b")]
    [InlineData("objects/100%25", "objects/100%")]
    [InlineData("objects/gr%C3%BC%C3%9fe.jpg", "objects/grüße.jpg")]
    [InlineData("objects/%F0%9F%8C%B7.jpg", "objects/\U0001F337.jpg")]
    [InlineData("objects/%E2%80%8B", "objects/\u200B")]
    [InlineData("\"objects/a b\"", "objects/a b")]
    [InlineData("\"objects/a\\\"b\"", "objects/a\"b")]
    [InlineData("objects/a+b", "objects/a+b")]
    public async Task Binary_EncodedHeader_IsDecoded(string encoded, string subject)
    {
        var received = await AssertAcceptedAsync(EventRequests.Binary(change: headers => headers.Add("ce-subject", encoded)));

        Assert.Equal(subject, received.Subject);
    }

    [Fact]
    public async Task Binary_Extensions_AreKept()
    {
        var received = await AssertAcceptedAsync(EventRequests.Binary(change: headers =>
        {
            headers.Add("CE-Bucket", "some-bucket");
            headers.Add("ce-traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        }));

        Assert.Equal("some-bucket", received["bucket"]);
        Assert.Equal("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", received["traceparent"]);
    }

    [Theory]
    [InlineData("application/cloudevents-batch+json", "[]")]
    [InlineData("application/cloudevents-batch+json; charset=utf-8", "[]")]
    [InlineData("application/cloudevents+xml", "<event/>")]
    [InlineData("application/cloudevents", "{}")]
    [InlineData("application/cloudevents+json; charset=utf-16", StructuredJson)]
    [InlineData("application/json; charset=iso-8859-1", "{}")]
    [InlineData("text/plain", "hello")]
    [InlineData("application/x-www-form-urlencoded", "a=b")]
    [InlineData("multipart/form-data; boundary=x", "--x--")]
    [InlineData("no media type", "x")]
    [InlineData(null, "x")]
    public async Task Post_UnsupportedType_Is415(string? contentType, string body) =>
        await AssertRefusedAsync(HttpStatusCode.UnsupportedMediaType, EventRequests.Post(Encoding.UTF8.GetBytes(body), contentType));

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate, gzip")]
    public async Task Post_CompressedBody_Is415(string encoding)
    {
        var request = EventRequests.Binary();
        request.Content!.Headers.Add("Content-Encoding", encoding);

        await AssertRefusedAsync(HttpStatusCode.UnsupportedMediaType, request);
    }

    [Fact]
    public async Task Post_Nothing_Is400() => await AssertRefusedAsync(HttpStatusCode.BadRequest, EventRequests.Post([], null));

    [Fact]
    public async Task Get_NoEvent_Is405AndSaysWhatIsAllowed()
    {
        await using var host = await RunningHost.StartAsync<EchoEvents>();

        using var response = await host.Client.GetAsync("/", Cancellation);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(["POST"], response.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"specversion\":\"1.0\"")]
    [InlineData("{\"specversion\":\"1.0\",\"type\":\"t\",\"source\":\"s\"}")]
    [InlineData("{\"specversion\":\"1.0\",\"id\":\"\",\"type\":\"t\",\"source\":\"s\"}")]
    [InlineData("{\"specversion\":\"0.3\",\"id\":\"1\",\"type\":\"t\",\"source\":\"s\"}")]
    [InlineData("{\"specversion\":1,\"id\":\"1\",\"type\":\"t\",\"source\":\"s\"}")]
    [InlineData("{\"specversion\":\"1.0\",\"id\":1,\"type\":\"t\",\"source\":\"s\"}")]
    [InlineData("{\"specversion\":\"1.0\",\"id\":{},\"type\":\"t\",\"source\":\"s\"}")]
    [InlineData("{\"specversion\":\"1.0\",\"id\":\"1\",\"type\":\"t\",\"source\":\"s\",\"time\":\"soon\"}")]
    [InlineData("{\"specversion\":\"1.0\",\"id\":\"1\",\"type\":\"t\",\"source\":\"s\",\"Ext\":\"x\"}")]
    [InlineData("{\"specversion\":\"1.0\",\"id\":\"1\",\"type\":\"t\",\"source\":\"s\",\"ext\":4294967296}")]
    [InlineData("{\"specversion\":\"1.0\",\"id\":\"1\",\"type\":\"t\",\"source\":\"s\",\"data\":1,\"data_base64\":\"AA==\"}")]
    [InlineData("{\"specversion\":\"1.0\",\"id\":\"1\",\"type\":\"t\",\"source\":\"s\",\"data_base64\":\"?\"}")]
    [InlineData("{\"specversion\":\"1.0\",\"id\":\"1\",\"type\":\"t\",\"source\":\"s\",\"datacontenttype\":\"text/plain\",\"data\":{}}")]
    public async Task Structured_Malformed_Is400(string body) => await AssertRefusedAsync(HttpStatusCode.BadRequest, EventRequests.Structured(body));

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{\"hello\":\"world\"}")]
    [InlineData("{\"message\":{\"messageId\":\"1\"}}")]
    [InlineData("{\"message\":{\"messageId\":1},\"subscription\":\"s\"}")]
    [InlineData("{\"message\":\"x\",\"subscription\":\"s\"}")]
    [InlineData("{\"eventId\":\"1\",\"eventType\":\"unknown\",\"resource\":\"r\",\"data\":{}}")]
    [InlineData("{\"eventId\":\"1\",\"eventType\":\"google.storage.object.finalize\",\"resource\":\"r\"}")]
    [InlineData("{\"eventId\":\"1\",\"eventType\":\"google.storage.object.finalize\",\"resource\":\"r\",\"data\":7}")]
    [InlineData("{\"eventType\":\"google.storage.object.finalize\",\"resource\":\"r\",\"data\":{}}")]
    [InlineData("{\"eventId\":\"1\",\"eventType\":\"google.storage.object.finalize\",\"resource\":\"r\",\"timestamp\":\"soon\",\"data\":{}}")]
    [InlineData("{\"context\":[],\"data\":{}}")]
    [InlineData("{\"eventType\":\"t\",\"data\":{\"specVersion\":1,\"type\":\"t\",\"source\":\"s\",\"data\":{}}}")]
    public async Task Json_NoEvent_Is400(string body) => await AssertRefusedAsync(HttpStatusCode.BadRequest, EventRequests.Json(body));

    [Theory]
    [InlineData("{")]
    [InlineData("[1]")]
    [InlineData("\"x\"")]
    [InlineData("{\"generation\":\"many\"}")]
    [InlineData("{\"generation\":1.5}")]
    [InlineData("{\"generation\":\"9223372036854775808\"}")]
    [InlineData("{\"updated\":\"soon\"}")]
    [InlineData("{\"name\":\"a\",\"name\":\"b\"}")]
    [InlineData("{\"size\":1e400}")]
    [InlineData("{\"size\":NaN}")]
    [InlineData("{\"name\":\"\\ud800\"}")]
    [InlineData("")]
    public async Task TypedFunction_UnusableData_Is400(string data)
    {
        await using var host = await RunningHost.StartAsync<StoredObjects>();

        using var response = await host.Client.SendAsync(EventRequests.Binary(data), Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        _ = await EventRequests.ReasonAsync(response);
        Assert.Empty(host.Received.Events);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{\"generation\":\"many\"}")]
    [InlineData("")]
    public async Task TypedFunctionThatRecordsIt_UnusableData_Is200(string data)
    {
        await using var host = await RunningHost.StartAsync<GoneObjects>();

        using var response = await host.Client.SendAsync(EventRequests.Binary(data, type: "google.cloud.storage.object.v1.deleted"), Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.NotEmpty(Assert.Single(host.Received.Unusable));
    }

    [Fact]
    public async Task TypedFunction_OtherType_IsAcknowledgedUnreadWithAWarning()
    {
        await using var host = await RunningHost.StartAsync<StoredObjects>();

        using var response = await host.Client.SendAsync(EventRequests.Binary("{", type: "google.cloud.storage.object.v1.archived"), Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Empty(host.Received.Events);
        Assert.Contains(host.Logs.Entries, entry => entry.Contains("\"severity\":\"WARNING\"", StringComparison.Ordinal)
            && entry.Contains("google.cloud.storage.object.v1.archived", StringComparison.Ordinal));
    }

    [Fact]
    public async Task TypedFunction_ObjectEvent_GetsTheData()
    {
        await using var host = await RunningHost.StartAsync<StoredObjects>();

        using var response = await host.Client.SendAsync(EventRequests.Binary(), Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(string.Empty, await response.Content.ReadAsStringAsync(Cancellation));
        var data = Assert.IsType<StorageObjectData>(Assert.Single(host.Received.Events).Data);
        Assert.Equal(("some-bucket", "folder/Test.cs", 1587627537231057L, 352L), (data.Bucket, data.Name, data.Generation, data.Size));
    }

    private static async Task<global::CloudNative.CloudEvents.CloudEvent> AssertAcceptedAsync(HttpRequestMessage request)
    {
        await using var host = await RunningHost.StartAsync<EchoEvents>();
        using var response = await host.Client.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return Assert.Single(host.Received.Events);
    }

    private static async Task<string> AssertRefusedAsync(HttpStatusCode expected, HttpRequestMessage request)
    {
        await using var host = await RunningHost.StartAsync<EchoEvents>();
        using var response = await host.Client.SendAsync(request, Cancellation);
        Assert.Equal(expected, response.StatusCode);
        Assert.Empty(host.Received.Events);
        return request.Method == HttpMethod.Head ? string.Empty : await EventRequests.ReasonAsync(response);
    }
}
