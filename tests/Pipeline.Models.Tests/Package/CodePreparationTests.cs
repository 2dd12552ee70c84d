using Pipeline.Models.Package;

namespace Pipeline.Models.Tests.Package;

public sealed class CodePreparationTests
{
    [Fact]
    public void Run_ItsOwnNetAndPicture_AreUsable() => CodePreparation.Run(TimeProvider.System);
}
