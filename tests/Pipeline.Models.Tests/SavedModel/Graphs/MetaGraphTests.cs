using Pipeline.Models.SavedModel;
using Pipeline.Models.Tests.Package.Support;
using Pipeline.Models.Tests.SavedModel.Support;
using static Pipeline.Models.Tests.SavedModel.Support.Nodes;

namespace Pipeline.Models.Tests.SavedModel.Graphs;

public sealed class MetaGraphTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Find_SeveralMetaGraphs_TakesTheOneWithExactlyTheTags()
    {
        var plain = Model("Neg");
        var other = Model("Square").Tags("serve", "gpu");
        _folder.Write("saved_model.pb", other.ToSavedModel(plain));

        Assert.Equal([-3], SavedModelReader.Read(_folder.Path).Graph.Run(3));
        Assert.Equal([9], SavedModelReader.Read(_folder.Path, new SavedModelReadOptions { Tags = ["gpu", "serve"] }).Graph.Run(3));
    }

    [Fact]
    public void Find_NoSuchTags_ListsThoseThereAre()
    {
        _folder.Write("saved_model.pb", Model("Neg").Tags("train").ToSavedModel(Model("Neg").Tags("serve", "tpu"), Model("Neg").Tags()));

        var error = Assert.Throws<InvalidModelException>(() => SavedModelReader.Read(_folder.Path));

        Assert.Contains("{serve}", error.Expected, StringComparison.Ordinal);
        Assert.Equal("{train}, {serve, tpu}, {}", error.Found);
    }

    [Fact]
    public void Find_EmptyTags_AreATagSet()
    {
        _folder.Write("saved_model.pb", Model("Neg").Tags().ToSavedModel());

        Assert.Empty(SavedModelReader.Read(_folder.Path, new SavedModelReadOptions { Tags = [] }).Tags);
    }

    [Fact]
    public void Find_SignatureByName_IsRead()
    {
        var model = Model("Neg").Add(Node("square", "Square", "in")).Signature("other", [("x", "in:0")], [("y", "square:0")]);
        _folder.Write("saved_model.pb", model.ToSavedModel());

        var read = SavedModelReader.Read(_folder.Path, new SavedModelReadOptions { Signature = "other" });

        Assert.Equal([16], read.Graph.Run(4));
        Assert.Equal(["other", "serving_default"], read.SignatureNames);
        Assert.Equal("tensorflow/serving/predict", read.MethodName);
    }

    [Fact]
    public void Find_NoSuchSignature_ListsThoseThereAre()
    {
        var model = new ModelBuilder()
            .Add(Placeholder("in"))
            .Signature("a", [("x", "in:0")], [("y", "in:0")])
            .Signature("__saved_model_init_op", [], [("y", "in:0")]);

        var error = Assert.Throws<InvalidModelException>(() => model.Read(_folder));

        Assert.Equal("'a'", error.Found);
    }

    [Fact]
    public void Read_EmptyFile_SaysThatThereIsNoMetaGraph()
    {
        _folder.Write("saved_model.pb", []);

        Assert.Contains("none at all", Assert.Throws<InvalidModelException>(() => SavedModelReader.Read(_folder.Path)).Message, StringComparison.Ordinal);
    }

    private static ModelBuilder Model(string op) => new ModelBuilder().Add(Placeholder("in"), Node("out", op, "in")).Serving("in:0", "out:0");
}
