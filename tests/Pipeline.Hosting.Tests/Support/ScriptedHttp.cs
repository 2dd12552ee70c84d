using Microsoft.AspNetCore.Http;
using Pipeline.Hosting.Functions;

namespace Pipeline.Hosting.Tests.Support;

/// <summary>A function that does what the test says.</summary>
public sealed class ScriptedHttp(RequestDelegate script) : IHttpFunction
{
    public Task HandleAsync(HttpContext context) => script(context);
}
