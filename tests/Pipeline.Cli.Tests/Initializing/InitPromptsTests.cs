using System.Collections.Immutable;
using Pipeline.Cli.Initializing;
using Pipeline.Cli.Tests.Support;
using Spectre.Console.Testing;

namespace Pipeline.Cli.Tests.Initializing;

public sealed class InitPromptsTests : IDisposable
{
    private readonly ModelCopy _model = new();
    private readonly TestConsole _console = new();

    public InitPromptsTests()
    {
        _console.Interactive();
    }

    public void Dispose()
    {
        _console.Dispose();
        _model.Dispose();
    }

    [Fact]
    public void Ask_ChoicesTaken_AnswerEveryQuestion()
    {
        _console.Input.PushKey(ConsoleKey.DownArrow);
        _console.Input.PushKey(ConsoleKey.Enter);
        _console.Input.PushKey(ConsoleKey.Enter);
        var draft = new ManifestDraft(_model.Folder, ImmutableDictionary<string, string>.Empty);

        new InitPrompts(_console).Ask(draft);

        Assert.Empty(draft.Open);
        Assert.Equal(("0", "255", "\"tf-bilinear\""), (draft.Said("$.input.mean"), draft.Said("$.input.std"), draft.Said("$.input.resize")));
        draft.Check(null);
    }

    [Fact]
    public void Ask_SomethingElse_AsksForEachKey()
    {
        _console.Input.PushKey(ConsoleKey.DownArrow);
        _console.Input.PushKey(ConsoleKey.DownArrow);
        _console.Input.PushKey(ConsoleKey.Enter);
        _console.Input.PushTextWithEnter("123.7, 116.3, 103.5");
        _console.Input.PushTextWithEnter("58");
        var draft = new ManifestDraft(_model.Folder, ImmutableDictionary<string, string>.Empty.Add("$.input.resize", "\"pil-box\""));

        new InitPrompts(_console).Ask(draft);

        Assert.Equal(("[123.7, 116.3, 103.5]", "58"), (draft.Said("$.input.mean"), draft.Said("$.input.std")));
    }

    [Fact]
    public void Ask_LabelsMissing_AsksForTheirFile()
    {
        File.Move(Path.Combine(_model.Folder, "labels.txt"), Path.Combine(_model.Folder, "names.lst"));
        _console.Input.PushTextWithEnter(Path.Combine(_model.Folder, "names.lst"));
        var draft = new ManifestDraft(_model.Folder, ImmutableDictionary.CreateRange<string, string>([new("$.input.resize", "\"pil-box\""), new("$.input.mean", "127"), new("$.input.std", "128")]));

        new InitPrompts(_console).Ask(draft);

        Assert.Null(draft.LabelProblem);
        Assert.Null(LabelCopy.Find(_model.Folder, draft));
        draft.Check(null);
    }
}
