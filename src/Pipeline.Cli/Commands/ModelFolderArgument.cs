using System.CommandLine;

namespace Pipeline.Cli.Commands;

/// <summary>The folder of a model, for all commands about models.</summary>
internal static class ModelFolderArgument
{
    public static Argument<string> Create(string description)
    {
        var folder = new Argument<string>("folder") { Description = description };
        folder.Validators.Add(result =>
        {
            // A file where a folder should be is told with the way out of it, once it is looked at.
            if (result.Tokens is [{ Value: var path }] && !Path.Exists(path))
            {
                result.AddError($"There is no such folder: '{path}'.");
            }
        });
        return folder;
    }
}
