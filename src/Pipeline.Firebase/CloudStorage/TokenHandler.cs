using System.Net;
using System.Net.Http.Headers;
using Pipeline.Firebase.Identity;

namespace Pipeline.Firebase.CloudStorage;

/// <summary>Gives each request a token, and another one once where the service refuses it.</summary>
internal sealed class TokenHandler : DelegatingHandler
{
    private const string QuotaHeader = "X-Goog-User-Project";

    private readonly IAccessTokens _tokens;

    public TokenHandler(IAccessTokens tokens)
    {
        _tokens = tokens;
    }

    /// <exception cref="AccessTokenException">None can be had.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var token = await _tokens.GetAsync(null, cancellationToken);
        var response = await SendAsync(request, token, cancellationToken);
        if (response.StatusCode != HttpStatusCode.Unauthorized)
        {
            return response;
        }

        var isHandedOn = false;
        try
        {
            var other = await _tokens.GetAsync(token, cancellationToken);
            isHandedOn = other == token;
            return isHandedOn ? response : await SendAsync(request, other, cancellationToken);
        }
        finally
        {
            if (!isHandedOn)
            {
                response.Dispose();
            }
        }
    }

    private Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string token, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (_tokens.QuotaProject is { Length: > 0 } project && !request.Headers.Contains(QuotaHeader))
        {
            request.Headers.Add(QuotaHeader, project);
        }

        return base.SendAsync(request, cancellationToken);
    }
}
