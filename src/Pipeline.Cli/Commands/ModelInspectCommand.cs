using System.CommandLine;
using Pipeline.Cli.Inspecting;

namespace Pipeline.Cli.Commands;

/// <summary><c>pipeline model inspect</c>: a model without running it.</summary>
internal static class ModelInspectCommand
{
    public static Command Create()
    {
        var selection = new ModelSelectionOptions();
        var graph = new Option<bool>("--graph") { Description = "List the graph node by node." };
        var json = new Option<bool>("--json") { Description = "Print one JSON object instead of tables." };
        var command = new Command("inspect", "Say what a model takes and gives, what it is made of, what a run costs, and what of it is not supported.");
        selection.AddTo(command);
        command.Add(graph);
        command.Add(json);
        command.SetAction((result, _) => InspectRun.RunAsync(selection.Read(result), result.GetValue(graph), result.GetValue(json)));
        return command;
    }
}
