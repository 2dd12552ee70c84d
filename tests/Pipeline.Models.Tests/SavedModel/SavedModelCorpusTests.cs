using System.Runtime.InteropServices;
using Pipeline.Fixtures.Format;
using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;
using Pipeline.Models.SavedModel;
using Pipeline.Models.Tests.SavedModel.Support;

namespace Pipeline.Models.Tests.SavedModel;

/// <summary>SavedModels that other projects published, read where they lie, with the answers that those projects state.</summary>
public sealed class SavedModelCorpusTests
{
    private const string Serving = "tensorflow+serving/";
    private const string TensorFlowJs = "tensorflow+tfjs/test_objects/saved_model/";

    [Theory]
    [InlineData("saved_model_half_plus_two_cpu/00000123")]
    [InlineData("saved_model_half_plus_two_gpu/00000123")]
    [InlineData("saved_model_half_plus_two_mlmd/00000123")]
    [InlineData("saved_model_half_plus_two_2_versions/00000123")]
    [InlineData("saved_model_half_plus_two_2_versions/00000124")]
    [InlineData("saved_model_half_plus_two_cpu_with_saved_model_config/00000123")]
    [InlineData("saved_model_half_plus_two_cpu_with_empty_saved_model_config/00000123")]
    public void Read_HalfPlusTwo_GivesItsAnswers(string folder) =>
        Assert.Equal([2.5f, 3, 4.5f], Run(Serving + folder, "x", Tensor.From<float>(Shape.Of(3, 1), 1, 2, 5), "y"));

    /// <summary>This one declares inputs of one element.</summary>
    [Theory]
    [InlineData(1f, 2.5f)]
    [InlineData(2f, 3f)]
    [InlineData(5f, 4.5f)]
    public void Read_HalfPlusTwoOfFunctions_GivesItsAnswers(float x, float expected) =>
        Assert.Equal([expected], Run(Serving + "saved_model_half_plus_two_tf2_cpu/00000123", "x", Tensor.Vector(x), "y"));

    [Fact]
    public void Read_HalfPlusThree_GivesItsAnswers() =>
        Assert.Equal([3.5f, 4, 5.5f], Run(Serving + "saved_model_half_plus_three/00000123", "x", Tensor.From<float>(Shape.Of(3, 1), 1, 2, 5), "y"));

    [Fact]
    public void Read_PerceptronOfTract_GivesTensorFlowsOutput()
    {
        var folder = Find("sonos+tract/jupyter-keras-tract-tf2/");
        var arrays = NumpyArchive.Read(Path.Combine(folder, "io.npz"));
        var input = arrays["input"];

        var output = Run("sonos+tract/jupyter-keras-tract-tf2/my_model", "main_input_input", Tensor.From<float>(Shape.Of(1, 100), input), "dense_1");

        Assert.Equal(arrays["output"][0], Assert.Single(output), 1e-6f);
        Assert.Equal(0.43969101f, output[0], 1e-6f);
    }

    [Theory]
    [InlineData(123.4f, 370.2f)]
    [InlineData(-2f, -6f)]
    public void Read_TimesThree_Multiplies(float x, float expected) =>
        Assert.Equal(expected, Assert.Single(Run(TensorFlowJs + "times_three_float", "x", Tensor.Scalar(x), null)), 1e-4f);

    [Fact]
    public void Read_CounterOfServing_CountsFromItsCheckpoint()
    {
        var folder = Find(Serving + "saved_model_counter/00000123");
        var options = new SavedModelReadOptions { Signature = "incr_counter" };
        var session = new InferenceSession(SavedModelReader.Read(folder, options).Graph);

        float Count() => ((Tensor)session.Run(new Dictionary<string, RuntimeValue>()).Values.Single()).Elements<float>()[0];

        var first = Count();
        Assert.Equal(first + 1, Count());
        Assert.Equal(first + 2, Count());
    }

    [Fact]
    public void Read_EverySavedModelOfTheCorpus_LoadsOrIsRefusedByType()
    {
        var corpus = Find(string.Empty);
        var loaded = new List<string>();
        foreach (var path in Directory.EnumerateFiles(corpus, "saved_model.pb", SearchOption.AllDirectories))
        {
            foreach (var (tags, signature) in new[] { (new[] { "serve" }, "serving_default"), ([], "default"), (["train"], "default") })
            {
                try
                {
                    var model = SavedModelReader.Read(Path.GetDirectoryName(path)!, new SavedModelReadOptions { Tags = [.. tags], Signature = signature });
                    loaded.Add(new InferenceSession(model.Graph) is not null ? path : string.Empty);
                }
                catch (Exception error) when (error is InvalidModelException or UnsupportedModelException)
                {
                    Assert.NotEmpty(error.Message);
                }
            }
        }

        Assert.True(loaded.Count >= 25, $"{loaded.Count} loaded:\n{string.Join('\n', loaded)}");
    }

    private static float[] Run(string folder, string input, Tensor value, string? output)
    {
        var session = new InferenceSession(SavedModelReader.Read(Find(folder)).Graph);
        var outputs = session.Run(new Dictionary<string, RuntimeValue> { [input] = value });
        return MemoryMarshal.Cast<byte, float>(((Tensor)(output is null ? outputs.Values.Single() : outputs[output])).Bytes).ToArray();
    }

    private static string Find(string folder)
    {
        if (!SharedFolder.TryFind($"corpus/{folder}", out var path))
        {
            Assert.SkipUnless(SharedFolder.IsRequired, SharedFolder.Missing);
            Assert.Fail(SharedFolder.Missing);
        }

        return path;
    }
}
