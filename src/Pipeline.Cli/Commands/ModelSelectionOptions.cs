using System.CommandLine;
using Pipeline.Cli.ModelFiles;
using Pipeline.Models.SavedModel;

namespace Pipeline.Cli.Commands;

/// <summary>The words that choose a graph, for all commands about models.</summary>
internal sealed class ModelSelectionOptions
{
    private readonly Argument<string> _folder = ModelFolderArgument.Create("A SavedModel: a folder with saved_model.pb and variables/, with or without model.json.");

    private readonly Option<string?> _signature = new("--signature")
    {
        Description = "The signature. Default: the one model.json names, else serving_default.",
        HelpName = "name",
    };

    private readonly Option<string[]> _tags = new("--tags")
    {
        Description = "The tags of the meta graph; an empty text for none. Default: serve.",
        HelpName = "tags",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [.. SavedModelReadOptions.Default.Tags],
    };

    private readonly Option<string[]> _shapes = new("--shape")
    {
        Description = "The shape of an input, 1,224,224,3 or NAME=1,224,224,3. Default: one picture, as far as signature and model.json say.",
        HelpName = "shape",
        DefaultValueFactory = _ => [],
    };

    public void AddTo(Command command)
    {
        command.Add(_folder);
        command.Add(_signature);
        command.Add(_tags);
        command.Add(_shapes);
    }

    public ModelSelection Read(ParseResult result) => new(
        result.GetRequiredValue(_folder),
        result.GetValue(_signature),
        [.. result.GetRequiredValue(_tags).Where(tag => tag.Length > 0)],
        [.. result.GetRequiredValue(_shapes)]);
}
