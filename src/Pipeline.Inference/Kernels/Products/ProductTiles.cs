using static Pipeline.Inference.Kernels.Convolution.KernelConstant;
using Lanes256 = Pipeline.Inference.Kernels.Lanes.Lanes256;
using Lanes512 = Pipeline.Inference.Kernels.Lanes.Lanes512;

namespace Pipeline.Inference.Kernels.Products;

/// <summary>The tiles of matrix products on one tier: for each number of rows a kernel that does that many.</summary>
/// <remarks>All tiles add in the same order, so which of them computes a result does not change its bits.</remarks>
internal sealed unsafe class ProductTiles
{
    private readonly delegate*<ref readonly ProductCall, float*, float*, float*, float*, void>[] _wide;
    private readonly delegate*<ref readonly ProductCall, float*, float*, float*, float*, void>[] _narrow;
    private readonly int _panels;
    private readonly int _panelsOfARow;

    private ProductTiles(int[] rows, int panels, int panelsOfARow)
    {
        Rows = rows;
        _panels = panels;
        _panelsOfARow = panelsOfARow;
        _wide = new delegate*<ref readonly ProductCall, float*, float*, float*, float*, void>[rows[0] + 1];
        _narrow = new delegate*<ref readonly ProductCall, float*, float*, float*, float*, void>[rows[0] + 1];
    }

    /// <summary>Rows that the tiles do, most first; the last is 1.</summary>
    public ReadOnlyMemory<int> Rows { get; }

    /// <summary>Panels of 16 columns that a wide tile of that many rows does.</summary>
    public int Panels(int rows) => rows == 1 ? _panelsOfARow : _panels;

    public static ProductTiles Select(KernelTier tier) => tier switch
    {
        KernelTier.Vector512 => Tiles512(),
        KernelTier.Vector256 => Tiles256(),
        _ => TilesPortable(),
    };

    /// <param name="isWide">Whether <see cref="Panels"/> are done, else one.</param>
    public void Run(int rows, bool isWide, ref readonly ProductCall call, float* left, float* panel, float* bias, float* output) =>
        (isWide ? _wide : _narrow)[rows](in call, left, panel, bias, output);

    private static ProductTiles Tiles512()
    {
        var tiles = new ProductTiles([7, 4, 2, 1], 2, 4);
        tiles._wide[7] = &ProductKernel.Run<Lanes512, C7, C2>;
        tiles._wide[4] = &ProductKernel.Run<Lanes512, C4, C2>;
        tiles._wide[2] = &ProductKernel.Run<Lanes512, C2, C2>;
        tiles._wide[1] = &ProductKernel.Run<Lanes512, C1, C4>;
        tiles._narrow[7] = &ProductKernel.Run<Lanes512, C7, C1>;
        tiles._narrow[4] = &ProductKernel.Run<Lanes512, C4, C1>;
        tiles._narrow[2] = &ProductKernel.Run<Lanes512, C2, C1>;
        tiles._narrow[1] = &ProductKernel.Run<Lanes512, C1, C1>;
        return tiles;
    }

    private static ProductTiles Tiles256()
    {
        var tiles = new ProductTiles([6, 4, 2, 1], 1, 4);
        tiles._narrow[6] = tiles._wide[6] = &ProductKernel.Run<Lanes256, C6, C1>;
        tiles._narrow[4] = tiles._wide[4] = &ProductKernel.Run<Lanes256, C4, C1>;
        tiles._narrow[2] = tiles._wide[2] = &ProductKernel.Run<Lanes256, C2, C1>;
        tiles._wide[1] = &ProductKernel.Run<Lanes256, C1, C4>;
        tiles._narrow[1] = &ProductKernel.Run<Lanes256, C1, C1>;
        return tiles;
    }

    private static ProductTiles TilesPortable()
    {
        var tiles = new ProductTiles([4, 1], 1, 1);
        tiles._narrow[4] = tiles._wide[4] = &ProductKernel.RunPortable<C4>;
        tiles._narrow[1] = tiles._wide[1] = &ProductKernel.RunPortable<C1>;
        return tiles;
    }
}
