using System.CommandLine;

namespace Pipeline.Cli.Commands;

/// <summary>The option that names a model package.</summary>
internal static class ModelOption
{
    public static Option<string> Create() => new("--model", "-m")
    {
        Description = "The model package: a folder with saved_model.pb, variables/, labels.txt and, where its files do not tell how it is fed, model.json. Default: the sample model.",
        HelpName = "folder",
        DefaultValueFactory = _ => Path.Combine(AppContext.BaseDirectory, "model"),
    };
}
