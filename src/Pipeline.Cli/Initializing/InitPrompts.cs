using System.Collections.Immutable;
using Pipeline.Cli.Commands;
using Pipeline.Cli.ModelFiles;
using Pipeline.Models.Package.Inferring;
using Pipeline.Models.Package.Manifest;
using Spectre.Console;

namespace Pipeline.Cli.Initializing;

/// <summary>Asks a person at a terminal what a model's files do not tell.</summary>
internal sealed class InitPrompts
{
    private const string SomethingElse = "Something else";

    private readonly IAnsiConsole _console;

    public InitPrompts(IAnsiConsole console)
    {
        ArgumentNullException.ThrowIfNull(console);
        _console = console;
    }

    /// <summary>Asks until nothing is open.</summary>
    public void Ask(ManifestDraft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        AskForLabels(draft);
        while (draft.Open.FirstOrDefault() is { } question)
        {
            foreach (var value in Ask(question))
            {
                draft.Say(value with { Source = "asked", IsAssumed = false });
            }
        }
    }

    /// <summary>Asks once: what is answered is checked with everything else.</summary>
    private void AskForLabels(ManifestDraft draft)
    {
        if (draft.LabelProblem is not { } problem)
        {
            return;
        }

        var prompt = new TextPrompt<string>(Markup.Escape($"{problem.File}: {problem.Detail}. Which file is it (empty: none)?")).AllowEmpty();
        if (_console.Prompt(prompt).Trim() is { Length: > 0 } file)
        {
            draft.Say(new InferredValue("$.output.labels", ManifestText.Of(file), "asked"));
        }
    }

    private ImmutableArray<InferredValue> Ask(OpenQuestion question)
    {
        var prompt = new SelectionPrompt<string>().Title(Markup.Escape($"Open: {question.Reason}. Which?"));
        var choices = question.Choices.Select(choice => $"{choice.Meaning} ({string.Join(", ", Answering(choice, question).Select(value => $"{InferredTable.Short(value.Path)} {value.Json}"))})").ToList();
        var answer = choices.IndexOf(_console.Prompt(prompt.UseConverter(Markup.Escape).AddChoices([.. choices, SomethingElse])));
        return answer >= 0 ? Answering(question.Choices[answer], question) : [.. question.Paths.Select(AskFor)];
    }

    private static ImmutableArray<InferredValue> Answering(LikelyAnswer choice, OpenQuestion question) => [.. choice.Values.Where(value => question.Paths.Contains(value.Path))];

    private InferredValue AskFor(string path)
    {
        var text = _console.Prompt(new TextPrompt<string>(Markup.Escape($"{InferredTable.Short(path)}:")));
        return new InferredValue(path, ManifestOption.ToJson(ManifestOptions.KindOf(path), text.Trim()), "asked");
    }
}
