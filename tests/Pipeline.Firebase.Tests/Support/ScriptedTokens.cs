using Pipeline.Firebase.Identity;

namespace Pipeline.Firebase.Tests.Support;

/// <summary>Gives one token after the other: the next one when the present one was refused.</summary>
internal sealed class ScriptedTokens : IAccessTokens
{
    private readonly string[] _tokens;
    private int _current;

    public ScriptedTokens(params string[] tokens)
    {
        _tokens = tokens;
    }

    public string? QuotaProject { get; init; }

    /// <summary>How often a token was asked for.</summary>
    public int Asked { get; private set; }

    /// <summary>Thrown instead of an answer.</summary>
    public AccessTokenException? Failure { get; init; }

    public ValueTask<string> GetAsync(string? refused, CancellationToken cancellationToken)
    {
        Asked++;
        if (Failure is { } failure)
        {
            throw failure;
        }

        if (refused == _tokens[_current] && _current < _tokens.Length - 1)
        {
            _current++;
        }

        return ValueTask.FromResult(_tokens[_current]);
    }

    public void Dispose()
    {
        // There is nothing to let go of.
    }
}
