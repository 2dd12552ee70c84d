using Pipeline.Fixtures.Kinds.Models;
using Pipeline.Fixtures.Running;
using Pipeline.Inference.Execution;
using Pipeline.Inference.Execution.Plans;
using Pipeline.Inference.Execution.Plans.Steps;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Optimization;
using Pipeline.Inference.Tensors;

namespace Pipeline.Models.Tests.Plans;

/// <summary>Every model in every form of its graph: as it is read, after each pass alone, after all of them, and as a plan.</summary>
public sealed class PlanFixtureTests
{
    /// <summary>Models that must have a plan whose every convolution and product has a kernel.</summary>
    private static readonly string[] Planned =
    [
        "base_keras3_export", "base_tf1_frozen", "mobilenet_v1_025_96", "mobilenet_v2_035_96_frozen", "mobilenet_v3_small_96", "resnet_v1_keras3", "resnet_v2_tf1_slim",
        "efficientnet_keras2", "efficientnet_keras3", "inception_keras2", "densenet_keras3", "squeezenet_keras2", "xception_keras3", "vgg_frozen", "teachable_machine",
    ];

    [Theory]
    [InlineData("fixtures/models")]
    [InlineData("fixtures/digits")]
    public void Run_EveryFormOfTheGraph_GivesTheRecordedOutputs(string folder)
    {
        List<string> failures = [];
        var forms = 0;
        foreach (var (fixture, graph, inputs) in PlanModels.Find(folder))
        {
            foreach (var (name, form) in Forms(graph, inputs))
            {
                forms++;
                var result = FixtureValues.Compare(fixture, form.Run(fixture.Inputs.ToDictionary(input => input.Name, FixtureValues.ToValue, StringComparer.Ordinal), TestContext.Current.CancellationToken));
                if (result.Verdict != FixtureVerdict.Passed)
                {
                    failures.Add($"{fixture.Path}, {name}: {result.Reason}");
                }
            }
        }

        Assert.Empty(failures);
        Assert.True(forms > 10, $"{forms} forms were looked at");
    }

    [Fact]
    public void TryCompile_ModelsOfTheUsualKinds_HaveKernelsForAllThatTakesTime()
    {
        List<string> planned = [];
        foreach (var (fixture, graph, inputs) in PlanModels.Find("fixtures/models").Where(model => Planned.Contains(model.Fixture.Path)))
        {
            var plan = PlanCompiler.TryCompile(PlanModels.Specialize(graph, inputs), new PlanResources(SessionOptions.Default));
            Assert.True(plan is not null, fixture.Path);
            var interpreted = plan.Steps.OfType<InterpretedStep>().Select(step => step.Name).ToArray();
            Assert.True(interpreted.Length * 5 <= plan.Steps.Count, $"{fixture.Path} interprets {string.Join(", ", interpreted)} of {plan.Steps.Count} steps");
            Assert.True(plan.Steps.Sum(step => step.MultiplyAdds) > 0, fixture.Path);
            planned.Add(fixture.Path!);
        }

        Assert.Equal(Planned.Order(StringComparer.Ordinal), planned.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<(string Name, InferenceSession Session)> Forms(Graph graph, IReadOnlyList<Shape> inputs)
    {
        var plain = new SessionOptions { UsePlans = false };
        var folded = Passes.Fold(graph, PlanModels.MaxConstantBytes);
        yield return ("plain", new InferenceSession(graph, plain));
        foreach (var pass in Passes.OfAnyShape.DistinctBy(pass => pass.Name))
        {
            yield return (pass.Name, new InferenceSession(Passes.Apply(folded, [pass]), plain));
        }

        var concrete = Passes.Specialize(folded, inputs, PlanModels.MaxConstantBytes, []);
        foreach (var pass in Passes.OfConcreteShapes)
        {
            yield return (pass.Name, new InferenceSession(Passes.Apply(concrete, [pass]), plain));
        }

        yield return ("all passes", new InferenceSession(PlanModels.Specialize(graph, inputs), plain));
        yield return ("plan", new InferenceSession(graph));
    }
}
