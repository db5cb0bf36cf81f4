using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace MediaSecurityLite.SupportCenter.Storage;

/// <summary>Lets <c>dotnet ef migrations add</c> see the model without a running centre.</summary>
internal sealed class CenterDbDesign : IDesignTimeDbContextFactory<CenterDb>
{
    public CenterDb CreateDbContext(string[] args)
    {
        var builder = new DbContextOptionsBuilder<CenterDb>();
        Sqlite.Use(builder, Path.GetTempPath());
        return new CenterDb(builder.Options);
    }
}
