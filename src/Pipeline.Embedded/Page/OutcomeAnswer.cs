using Microsoft.AspNetCore.Http;
using Pipeline.Worker.Ledger;

namespace Pipeline.Embedded.Page;

/// <summary>What became of an operator's wish, as an answer.</summary>
internal static class OutcomeAnswer
{
    public static Task SendAsync(HttpContext context, RedriveOutcome outcome) => outcome switch
    {
        RedriveOutcome.Redriven => DoneAsync(context),
        RedriveOutcome.InFlight => throw Conflict("It is being worked on."),
        RedriveOutcome.Gone => throw Conflict("The picture is gone."),
        RedriveOutcome.NotFound => throw PageRequestException.NotFound("There is nothing to try again."),
        _ => throw Conflict("It has changed in the meantime."),
    };

    public static Task SendAsync(HttpContext context, LetterOutcome outcome) => outcome switch
    {
        LetterOutcome.Done => DoneAsync(context),
        LetterOutcome.NotFound => throw PageRequestException.NotFound("The dead letter is not there any more."),
        LetterOutcome.AlreadyParked => throw Conflict("It is parked already."),
        LetterOutcome.InFlight => throw Conflict("It is being worked on."),
        _ => throw Conflict("It has changed in the meantime."),
    };

    private static Task DoneAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static PageRequestException Conflict(string message) => new(StatusCodes.Status409Conflict, message);
}
