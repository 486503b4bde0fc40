import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Config } from '../config.js';
import { dataSourceOptions, openDataSource } from './data-source.js';
import { Transactions } from './transactions.js';

@Global()
@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      inject: [Config],
      useFactory: (config: Config) => ({
        ...dataSourceOptions(config),
        autoLoadEntities: true,
        // A wrong address should stop the start within seconds; the platform starts us again.
        retryAttempts: 2,
        retryDelay: 500,
      }),
      dataSourceFactory: async (options) => {
        if (!options) throw new Error('The data source has no options');
        return openDataSource(options);
      },
    }),
  ],
  providers: [Transactions],
  exports: [Transactions],
})
export class DbModule {}
