using System.CommandLine;
using Pipeline.Models.Package.Manifest;

namespace Pipeline.Cli.Commands;

/// <summary><c>pipeline model schema</c>: the format of <c>model.json</c>, for editors.</summary>
internal static class ModelSchemaCommand
{
    public static Command Create()
    {
        var command = new Command("schema", "Print the JSON schema of model.json: every key, what it means, what it may be.");
        command.SetAction(_ =>
        {
            using var output = Console.OpenStandardOutput();
            output.Write(System.Text.Encoding.UTF8.GetBytes(ManifestSchema.Read()));
            return ExitCodes.Done;
        });
        return command;
    }
}
