using Pipeline.Cli.ModelFiles;
using Pipeline.Inference.Measuring;
using Pipeline.Models;
using Pipeline.Models.Package.Folders;

namespace Pipeline.Cli.Inspecting;

/// <summary>Says what a model is and what one run costs, without running it.</summary>
internal static class InspectRun
{
    /// <returns>0 if the model can run, 1 if not: what it needs and is not built, or what is broken, is told.</returns>
    public static Task<int> RunAsync(ModelSelection selection, bool graph, bool json) => ModelFailures.CatchAsync(() =>
    {
        PackageFolder.RefuseUnlessModel(selection.Folder);
        try
        {
            var opened = OpenedModel.Open(selection);
            var costs = GraphCosts.Of(opened.Model.Graph, opened.Shapes);
            var feeding = Feeding.Of(selection);
            if (json)
            {
                InspectJson.Write(selection.Folder, opened, costs, feeding, graph);
            }
            else
            {
                InspectReport.Write(TableOutput.Create(), selection.Folder, opened, costs, feeding, graph);
            }

            return ExitCodes.Done;
        }
        catch (UnsupportedModelException error)
        {
            if (json)
            {
                InspectJson.WriteUnsupported(error);
            }
            else
            {
                InspectReport.WriteUnsupported(TableOutput.Create(), error);
            }

            return ExitCodes.Failed;
        }
    });
}
