using Pipeline.Cli.ModelFiles;
using Pipeline.Inference.Measuring;
using Pipeline.Models;
using Pipeline.Models.Package.Manifest;
using Pipeline.Models.SavedModel;
using Spectre.Console;

namespace Pipeline.Cli.Inspecting;

/// <summary>Prints a model for people.</summary>
internal static class InspectReport
{
    public static void Write(IAnsiConsole console, string folder, OpenedModel opened, GraphCosts costs, Feeding feeding, bool graph)
    {
        WriteSignature(console, folder, opened.Model);
        WriteFeeding(console, folder, feeding);
        WriteCosts(console, opened, costs);
        WriteOperators(console, costs);
        if (graph)
        {
            WriteGraph(console, "The graph as it was read, without what depends on constants only:", costs.Nodes);
            if (costs.PlannedNodes is { } planned)
            {
                WriteGraph(console, "The graph that its plan is made of, after all passes:", planned);
            }
        }
    }

    public static void WriteUnsupported(IAnsiConsole console, UnsupportedModelException error)
    {
        console.WriteLine($"{error.Path} cannot run, {error.Nodes.Length} unsupported:");
        var table = new Table().Border(TableBorder.Rounded).AddColumns("operator", "node", "attribute", "reason");
        foreach (var node in error.Nodes)
        {
            table.AddTextRow(node.Operator, node.Name, node.Attribute ?? string.Empty, node.Reason);
        }

        console.Write(table);
    }

    private static void WriteSignature(IAnsiConsole console, string folder, SavedModelGraph model)
    {
        console.WriteLine(
            $"{folder}: SavedModel{(model.TensorFlowVersion.Length > 0 ? $" of TensorFlow {model.TensorFlowVersion}" : string.Empty)}, "
            + $"tags {(model.Tags.IsEmpty ? "none" : string.Join(", ", model.Tags))}, signature {model.SignatureName}"
            + (model.MethodName.Length > 0 ? $" ({model.MethodName})" : string.Empty));
        var others = model.SignatureNames.Where(name => name != model.SignatureName).ToList();
        if (others.Count > 0)
        {
            console.WriteLine($"Other signatures: {string.Join(", ", others)}");
        }

        var table = new Table().Border(TableBorder.Rounded).AddColumns("signature", "name", "type", "shape", "tensor");
        foreach (var (kind, tensor) in model.Inputs.Select(input => ("input", input)).Concat(model.Outputs.Select(output => ("output", output))))
        {
            table.AddTextRow(kind, tensor.Name, tensor.DataType.ToString(), tensor.Shape.ToString(), tensor.TensorName);
        }

        console.Write(table);
    }

    private static void WriteFeeding(IAnsiConsole console, string folder, Feeding feeding)
    {
        if (feeding.Inferred is { } inferred)
        {
            console.WriteLine($"No {ModelManifest.FileName}. A {inferred.Form}, fed as its files tell:");
            InferredTable.Write(console, inferred.Values);
            InferredTable.WriteOpen(console, folder, inferred);
        }
        else if (feeding.Problem is null)
        {
            console.WriteLine($"{ModelManifest.FileName} fits the model.");
        }

        if (feeding.Problem is { } problem)
        {
            console.WriteLine(problem);
        }
    }

    private static void WriteCosts(IAnsiConsole console, OpenedModel opened, GraphCosts costs)
    {
        var inputs = opened.Model.Graph.Inputs.Zip(opened.Shapes, (input, shape) => $"{input.Name} {shape}");
        console.WriteLine($"Figures for {string.Join(", ", inputs)}:");
        console.WriteLine($"  parameters     {Figures.Count(costs.Parameters)}");
        console.WriteLine($"  multiply-adds  {Figures.Count(costs.MultiplyAdds)}");
        console.WriteLine($"  memory         constants {Figures.Mebibytes(costs.ConstantBytes)}, values of one run at most {Figures.Mebibytes(costs.PeakValueBytes)} (estimate)");
        console.WriteLine($"  nodes          {opened.Model.Graph.Nodes.Count} read, {costs.Nodes.Length} once what depends on constants is known, "
            + (costs.PlannedNodes is { } planned ? $"{planned.Length} in its plan" : "no plan: a shape is not known before a run, or the model keeps state"));
        if (costs.MultiplyAdds is null || costs.PeakValueBytes is null)
        {
            console.WriteLine("  ? depends on shapes that are open, or that only a run tells; --shape NAME=1,224,224,3 says what an input has.");
        }
    }

    private static void WriteOperators(IAnsiConsole console, GraphCosts costs)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("operator", "nodes", "multiply-adds", "share");
        foreach (var count in OperatorCount.Of(costs))
        {
            table.AddTextRow(count.Operator, Figures.Count(count.Count), Figures.Count(count.MultiplyAdds), Share(count.MultiplyAdds, costs.MultiplyAdds));
        }

        console.Write(table);
    }

    private static void WriteGraph(IAnsiConsole console, string title, IEnumerable<NodeCost> nodes)
    {
        console.WriteLine(title);
        var table = new Table().Border(TableBorder.Rounded).AddColumns("node", "operator", "attributes", "outputs", "multiply-adds");
        foreach (var node in nodes)
        {
            table.AddTextRow(node.Name, node.Operator, node.Attributes, string.Join(", ", node.Outputs), Figures.Count(node.MultiplyAdds));
        }

        console.Write(table);
    }

    private static string Share(long? part, long? whole) => whole == 0 ? string.Empty : Figures.Percent((double?)part / whole);
}
